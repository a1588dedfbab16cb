package dev.bayeux.tests.jpms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JSON-B is optional: a program with plain data runs with the API, the engine, one transport and JSON-P alone, and one that
 * binds types learns what it lacks. Needs the jars, so it runs after packaging.
 */
class WithoutJsonbIT {

    private static final String MAIN = "dev.bayeux.example.Plain";

    private static final List<String> PLAIN = List.of("{\"list\":[1,\"two\"]}", "[true]");

    @TempDir
    private Path work;

    private PackagedProgram program;
    private String path;

    @BeforeEach
    void compile() throws Exception {
        program = new PackagedProgram(work);
        String jars = PackagedProgram.modulePath("transport-jdk", WithoutJsonbIT::isNoJsonb);
        assertFalse(jars.contains("yasson"), jars);
        assertFalse(jars.contains("json.bind"), jars);
        path = jars + File.pathSeparator + program.compiled(jars);
    }

    private static boolean isNoJsonb(String jar) {
        return !jar.startsWith("yasson") && !jar.startsWith("jakarta.json.bind");
    }

    private static void assertExplained(List<String> printed) {
        assertEquals(PLAIN, printed.subList(0, 2));
        assertEquals(4, printed.size(), printed::toString);
        for (String text : printed.subList(2, 4)) {
            assertTrue(text.contains("No data binding was found."), text);
            assertTrue(text.contains("org.eclipse:yasson"), text);
            assertTrue(text.contains("dev.bayeux:bayeux-jackson"), text);
        }
    }

    @Test
    void aModularProgramRunsAndLearnsWhatBindsData() throws Exception {
        assumeTrue(Runtime.version().feature() >= 22,
                "skipped: before JDK 22 a module that uses a service needs the module of the service, here jakarta.json.bind");
        try (CometdTestServer server = new CometdTestServer().start()) {
            assertExplained(program.run("java", "--module-path", path, "--module", "dev.bayeux.example/" + MAIN,
                    server.uri().toString(), "bind"));
        }
    }

    @Test
    void aProgramOnTheClassPathRunsAndLearnsWhatBindsData() throws Exception {
        try (CometdTestServer server = new CometdTestServer().start()) {
            assertExplained(
                    program.run("java", "--class-path", path, MAIN, server.uri().toString(), "bind"));
        }
    }

    @Test
    void plainDataLoadsNothingOfJsonbWhereItIsThere() throws Exception {
        String all = PackagedProgram.modulePath("transport-jdk", any -> true) + File.pathSeparator
                + work.resolve("classes");
        Path loaded = work.resolve("loaded.txt");
        try (CometdTestServer server = new CometdTestServer().start()) {
            assertEquals(PLAIN, program.run("java", "-Xlog:class+load:file=" + loaded, "--class-path", all, MAIN,
                    server.uri().toString(), "plain"));
        }
        List<String> binding = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains("jakarta.json.bind.") || line.contains("org.eclipse.yasson.")).toList();
        assertEquals(List.of(), binding);
    }
}
