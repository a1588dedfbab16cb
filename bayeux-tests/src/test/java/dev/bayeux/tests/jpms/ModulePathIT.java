package dev.bayeux.tests.jpms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compiles and runs the program in {@code src/test/jpms} from the module path, against the packaged jars: with one
 * transport and with the other. Needs the jars, so it runs after packaging.
 */
class ModulePathIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({"transport-jdk, dev.bayeux.transport.jdk, any", "transport-jetty, dev.bayeux.transport.jetty, any",
            "transport-jdk, dev.bayeux.transport.jdk, jdk-websocket",
            "transport-jetty, dev.bayeux.transport.jetty, jetty-websocket"})
    void aModularProgramFindsTheEngineAndItsTransport(String artifact, String module, String transport)
            throws Exception {
        String modulePath = modulePath(artifact);
        Path classes = compiled(modulePath);
        try (CometdTestServer server = new CometdTestServer().start()) {
            List<String> printed = run("java", "--module-path", modulePath + File.pathSeparator + classes, "--module",
                    "dev.bayeux.example/dev.bayeux.example.Main", server.uri().toString(), transport);
            assertEquals(List.of("Line[user=module, text=hello]", "dev.bayeux.api", "dev.bayeux.core",
                    "dev.bayeux.example", "dev.bayeux.http", module),
                    printed.stream().filter(line -> !line.startsWith("SLF4J")).toList());
        }
    }

    /**
     * The command of docs/running.md, with the folders of this test. Such an image has no names of parameters, so a record
     * can be bound by its components only.
     */
    @ParameterizedTest
    @CsvSource({"transport-jdk, dev.bayeux.transport.jdk", "transport-jetty, dev.bayeux.transport.jetty"})
    void theDocumentedImageBindsRecords(String artifact, String module) throws Exception {
        String modulePath = modulePath(artifact);
        Path classes = compiled(modulePath);
        Path image = work.resolve("image");
        List<String> command = documented("jlink").stream()
                .map(word -> word
                        .replace("target/modules:target/example.jar", modulePath + File.pathSeparator + classes)
                        .replace("dev.bayeux.transport.jdk", module).replace("target/image", image.toString()))
                .toList();
        run("jlink", command.toArray(String[]::new));
        try (CometdTestServer server = new CometdTestServer().start()) {
            List<String> printed = runIn(image, "chat", server.uri().toString(), "any");
            assertTrue(printed.contains("Line[user=module, text=hello]"), printed::toString);
        }
    }

    /** The arguments of a tool in docs/running.md. */
    private static List<String> documented(String tool) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/running.md")).replace("\\\n", " ");
        String command = page.lines().map(String::strip).filter(line -> line.startsWith(tool + " ")).findFirst()
                .orElseThrow();
        return List.of(command.substring(tool.length()).strip().split("\\s+"));
    }

    private Path compiled(String modulePath) throws IOException, InterruptedException {
        Path classes = work.resolve("classes");
        Path source = Path.of("src/test/jpms");
        assertEquals(List.of(), run("javac", "--release", "21", "-Xlint:all", "-Werror", "-d", classes.toString(),
                "--module-path", modulePath, source.resolve("module-info.java").toString(),
                source.resolve("dev/bayeux/example/Main.java").toString()));
        return classes;
    }

    private static String modulePath(String transport) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String artifact : List.of("bayeux-core", transport)) {
            Path target = ROOT.resolve(artifact).resolve("target");
            jars.addAll(jars(target.resolve("closure")));
            jars.addAll(jars(target).stream().filter(ModulePathIT::isMainJar).toList());
        }
        return jars.stream().collect(Collectors.toMap(Path::getFileName, jar -> jar, (one, same) -> one)).values()
                .stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
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

    /** Runs a tool of the JDK that runs this test; its output. */
    private List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        return runIn(Path.of(System.getProperty("java.home")), tool, arguments);
    }

    private List<String> runIn(Path home, String tool, String... arguments) throws IOException, InterruptedException {
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
