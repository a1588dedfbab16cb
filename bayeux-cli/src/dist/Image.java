import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Builds the image of the command line: {@code java Image.java TARGET JAR}. TARGET holds the jar and, in {@code closure},
 * those that it needs. Runs on the JDK whose run-time becomes part of the image.
 */
class Image {

    private static final String MAIN = "dev.bayeux.cli/dev.bayeux.cli.Main";
    /**
     * The root modules. The engine, the JSON library and the terminal are found at run time and required by no module,
     * so they are named.
     */
    private static final String MODULES = "dev.bayeux.cli,dev.bayeux.core,org.eclipse.parsson,org.jline.terminal.ffm";
    /**
     * The garbage collector and the compiler that start fastest, because the program is started often and mostly waits.
     */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            // The thread dump after SIGQUIT is not a result.
            "-XX:+DisplayVMOutputToStderr",
            "--enable-native-access=org.jline.terminal.ffm");
    private static final String ARCHIVE = "lib/bayeux.jsa";
    private static final long LIMIT_SECONDS = 300;

    public static void main(String[] args) throws IOException, InterruptedException {
        Path target = Path.of(args[0]);
        Path image = target.resolve("bayeux");
        remove(image);
        link(target.resolve(args[1]), target.resolve("closure"), image);
        run(image, "-Xshare:dump");
        // The demonstration loads the classes that all commands share.
        List<String> training = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + image.resolve(ARCHIVE)));
        training.addAll(JVM);
        training.addAll(List.of("-m", MAIN, "demo"));
        run(image, training.toArray(String[]::new));
        writeLaunchers(image);
        System.out.printf("The image is %s, %d MB; start it with bin/bayeux%n", image, size(image) >> 20);
    }

    private static void link(Path jar, Path closure, Path image) {
        int status = ToolProvider.findFirst("jlink").orElseThrow().run(new PrintWriter(System.out, true),
                new PrintWriter(System.err, true), "--module-path",
                jar + System.getProperty("path.separator") + closure, "--add-modules", MODULES, "--output",
                image.toString(), "--strip-debug", "--no-header-files", "--no-man-pages", "--compress", "zip-6");
        if (status != 0) {
            throw new IllegalStateException("jlink has failed.");
        }
    }

    /**
     * Writes the launchers. The JVM needs the full path of the archive, so the launcher finds its own folder, also
     * through links.
     */
    private static void writeLaunchers(Path image) throws IOException {
        Path unix = image.resolve("bin/bayeux");
        Files.writeString(unix, """
                #!/bin/sh
                # Starts bayeux with the run-time beside it.
                self=$0
                while [ -h "$self" ]; do
                  link=$(readlink "$self")
                  case $link in
                    /*) self=$link ;;
                    *) self=$(dirname "$self")/$link ;;
                  esac
                done
                home=$(cd "$(dirname "$self")/.." && pwd)
                # In the locale POSIX, which cron and containers use, Java cannot read non-ASCII names.
                case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
                  C|POSIX) LC_ALL=C.UTF-8; export LC_ALL ;;
                esac
                exec "$home/bin/java" -XX:SharedArchiveFile="$home/%s" -Xshare:auto -Xlog:disable \\
                  %s ${BAYEUX_OPTS-} -m %s "$@"
                """.formatted(ARCHIVE, String.join(" ", JVM), MAIN));
        unix.toFile().setExecutable(true, false);
        Files.writeString(image.resolve("bin/bayeux.bat"), """
                @echo off
                "%%~dp0java" -XX:SharedArchiveFile="%%~dp0..\\%s" -Xshare:auto -Xlog:disable %s %%BAYEUX_OPTS%% -m %s %%*
                """.formatted(ARCHIVE.replace('/', '\\'), String.join(" ", JVM), MAIN).replace("\n", "\r\n"));
    }

    private static void run(Path image, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(image.resolve("bin/java").toString()));
        command.addAll(List.of(arguments));
        Path log = image.resolveSibling("image.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("%s has failed; see %s".formatted(command, log));
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException failed) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
