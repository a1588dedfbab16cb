package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands read addresses and options from the environment and from the user's file. */
class ConfigTest {

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    private Map<String, String> config(String text) throws Exception {
        Path file = Files.createDirectories(folder.resolve(".config/bayeux")).resolve("config");
        Files.writeString(file, text);
        return Map.of("HOME", folder.toString());
    }

    private void run(int code, Map<String, String> environment, String... args) throws Exception {
        try (Cli cli = Cli.inEnvironment(environment, args)) {
            assertEquals(code, cli.exitCode(), cli::errors);
        }
    }

    private List<String> headers(String name) {
        return server.peer().requests().stream().flatMap(request -> request.headers(name).stream()).distinct().toList();
    }

    @Test
    void theAddressIsTakenFromTheEnvironment() throws Exception {
        run(0, Map.of("BAYEUX_URL", url), "pub", "/a", "1");
        assertEquals(1, server.messages("/a").size());
    }

    @Test
    void aContextHasAnAddressAndOptions() throws Exception {
        Map<String, String> environment = config("""
                # for all
                header = X-All: 1
                url = http://127.0.0.1:1/nothing

                [test]
                url = %s
                header = X-One: 1
                header = X-Two: 2
                any-channel = true
                """.formatted(url));
        run(0, environment, "pub", "test", "/\u00e4", "1");
        run(0, environment, "pub", "--context", "test", "/\u00e4", "2");
        run(0, environment, "-q", "pub", "-C", "test", "-H", "X-Own: 1", "/\u00e4", "3");
        assertEquals(3, server.messages("/\u00e4").size());
        assertEquals(List.of("2"), headers("X-Two"));
        assertEquals(List.of("1"), headers("X-Own"));
        assertEquals(List.of(), headers("X-All"));
    }

    @Test
    void theCommandLineOverridesTheContext() throws Exception {
        Map<String, String> environment = config("context = test\n[test]\nurl = %s\ntransport = websocket\n"
                .formatted(url));
        run(0, environment, "pub", "-t", "long-polling", "/a", "1");
        assertEquals(1, server.messages("/a").size());
    }

    @Test
    void aMistypedContextIsSuggested() throws Exception {
        Map<String, String> environment = config("[production]\nurl = %s\n".formatted(url));
        try (Cli cli = Cli.inEnvironment(environment, "pub", "prodution", "/a", "1")) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("Did you mean production?"), cli.errors());
        }
    }

    @Test
    void aMalformedLineIsReportedWithItsNumber() throws Exception {
        try (Cli cli = Cli.inEnvironment(config("url = x\nnonsense\n"), "pub", "/a", "1")) {
            assertEquals(8, cli.exitCode());
            assertTrue(cli.errors().contains("Line 2 of "), cli.errors());
        }
    }
}
