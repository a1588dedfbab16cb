package dev.bayeux.tests.jpms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles the program in {@code src/test/jpms} against the packaged jars, and runs it. */
final class PackagedProgram {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private final Path work;

    /** In a folder for temporary files. */
    PackagedProgram(Path work) {
        this.work = work;
    }

    /** Compiles with the warnings of the compiler as errors; where the classes are. */
    Path compiled(String modulePath) throws IOException, InterruptedException {
        Path classes = work.resolve("classes");
        Path source = Path.of("src/test/jpms");
        assertEquals(List.of(), run("javac", "--release", "21", "-Xlint:all", "-Werror", "-d", classes.toString(),
                "--module-path", modulePath, source.resolve("module-info.java").toString(),
                source.resolve("dev/bayeux/example/Main.java").toString(),
                source.resolve("dev/bayeux/example/Plain.java").toString()));
        return classes;
    }

    /** The jars that a program with a transport needs, as far as they are wanted. */
    static String modulePath(String transport, Predicate<String> wanted) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String artifact : List.of("bayeux-core", transport)) {
            Path target = ROOT.resolve(artifact).resolve("target");
            jars.addAll(jars(target.resolve("closure")));
            jars.addAll(jars(target).stream().filter(PackagedProgram::isMainJar).toList());
        }
        return jars.stream().collect(Collectors.toMap(Path::getFileName, jar -> jar, (one, same) -> one)).values()
                .stream().filter(jar -> wanted.test(jar.getFileName().toString())).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isMainJar(Path jar) {
        String name = jar.getFileName().toString();
        return !name.endsWith("-sources.jar") && !name.endsWith("-javadoc.jar");
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Runs a tool of the JDK that runs this test; its output. It runs for a moment, so the second compiler would only cost. */
    List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        String prefix = tool.equals("java") ? "" : "-J";
        List<String> all = new ArrayList<>(List.of(prefix + "-XX:TieredStopAtLevel=1", prefix + "-XX:+UseSerialGC"));
        all.addAll(List.of(arguments));
        return runIn(Path.of(System.getProperty("java.home")), tool, all.toArray(String[]::new));
    }

    /** Runs a tool of another Java. */
    List<String> runIn(Path home, String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        Path output = work.resolve(tool + ".txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), tool + " does not end: " + Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertEquals(0, process.exitValue(), tool + " failed: " + String.join("\n", lines));
        return lines;
    }
}
