package dev.bayeux.tests.jpms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compiles and runs the program in {@code src/test/jpms} from the module path, against the packaged jars: with one
 * transport and with the other. Needs the jars, so it runs after packaging.
 */
class ModulePathIT {

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({"transport-jdk, dev.bayeux.transport.jdk, any", "transport-jetty, dev.bayeux.transport.jetty, any",
            "transport-jdk, dev.bayeux.transport.jdk, jdk-websocket",
            "transport-jetty, dev.bayeux.transport.jetty, jetty-websocket"})
    void aModularProgramFindsTheEngineAndItsTransport(String artifact, String module, String transport)
            throws Exception {
        PackagedProgram program = new PackagedProgram(work);
        String modulePath = PackagedProgram.modulePath(artifact, any -> true);
        Path classes = program.compiled(modulePath);
        try (CometdTestServer server = new CometdTestServer().start()) {
            List<String> printed = program.run("java", "--module-path", modulePath + File.pathSeparator + classes,
                    "--module",
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
        assumeTrue(isThere("objcopy"), "skipped: jlink --strip-debug needs objcopy, of the package binutils");
        PackagedProgram program = new PackagedProgram(work);
        String modulePath = PackagedProgram.modulePath(artifact, any -> true);
        Path classes = program.compiled(modulePath);
        Path image = work.resolve("image");
        List<String> command = documented("jlink").stream()
                .map(word -> word
                        .replace("target/modules:target/example.jar", modulePath + File.pathSeparator + classes)
                        .replace("dev.bayeux.transport.jdk", module).replace("target/image", image.toString()))
                .toList();
        program.run("jlink", command.toArray(String[]::new));
        try (CometdTestServer server = new CometdTestServer().start()) {
            List<String> printed = program.runIn(image, "chat", server.uri().toString(), "any");
            assertTrue(printed.contains("Line[user=module, text=hello]"), printed::toString);
        }
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /** The arguments of a tool in docs/running.md. */
    private static List<String> documented(String tool) throws IOException {
        String page = Files.readString(Path.of("../docs/running.md")).replace("\\\n", " ");
        String command = page.lines().map(String::strip).filter(line -> line.startsWith(tool + " ")).findFirst()
                .orElseThrow();
        return List.of(command.substring(tool.length()).strip().split("\\s+"));
    }
}
