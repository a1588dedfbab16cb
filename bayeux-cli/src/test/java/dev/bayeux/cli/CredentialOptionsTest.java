package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands read users, tokens and {@code ext} from several sources, and send them without showing them. */
class CredentialOptionsTest {

    private static final String SECRET = "s3cr3t";
    private static final String EXT = "{\"auth\":{\"token\":\"s3cr3t\"}}";

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    private List<String> authorizations() {
        return server.peer().requests().stream().flatMap(request -> request.headers("Authorization").stream())
                .distinct().toList();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private void published(Cli started) throws Exception {
        try (Cli cli = started) {
            assertEquals(0, cli.exitCode(), cli::errors);
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
    }

    @Test
    void aUserIsTakenFromAnOption() throws Exception {
        published(Cli.start("pub", "--wire", "-u", "ann:s3cr3t:x", url, "/a", "1"));
        assertEquals(List.of(basic("ann:s3cr3t:x")), authorizations());
    }

    @Test
    void aUserIsTakenFromTheAddressAndShownNowhere() throws Exception {
        published(Cli.onTerminal("pub", "--wire", "-v", url.replace("http://", "http://ann:s3cr3t%40@"), "/a", "1"));
        assertEquals(List.of(basic("ann:s3cr3t@")), authorizations());
    }

    @Test
    void aPasswordThatIsMissingIsAskedForOnATerminalOnly() throws Exception {
        try (Cli cli = Cli.start("pub", "-u", "ann", url, "/a", "1")) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("The password of ann is missing"), cli.errors());
        }
    }

    @Test
    void aTokenIsTakenFromTheEnvironment() throws Exception {
        published(Cli.inEnvironment(Map.of("BAYEUX_TOKEN", "s3cr3t\n"), "pub", url, "/a", "1"));
        assertEquals(List.of("Bearer s3cr3t"), authorizations());
    }

    @Test
    void aTokenIsTakenFromTheStandardInput() throws Exception {
        published(Cli.withInput("s3cr3t\n", "pub", "--bearer-file", "-", url, "/a", "1"));
        assertEquals(List.of("Bearer s3cr3t"), authorizations());
        try (Cli cli = Cli.withInput("s3cr3t\n", "pub", "--bearer-file", "-", url, "/a")) {
            assertEquals(2, cli.exitCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "handshake=", "connect,handshake=@"})
    void extGoesWithTheHandshake(String where) throws Exception {
        String file = Files.writeString(folder.resolve("ext"), EXT).toString();
        published(Cli.start("pub", "--wire", "--ext", where + (where.endsWith("@") ? file : EXT), url, "/a", "1"));
        assertTrue(ext("/meta/handshake").contains(SECRET));
        assertFalse(ext("/a").contains(SECRET));
        assertEquals(where.contains("connect"), ext("/meta/connect").contains(SECRET));
    }

    @Test
    void extGoesWithSubscribesAndPublishes() throws Exception {
        published(Cli.start("ping", "-n1", "--wire", "--ext", "subscribe,publish=" + EXT, "--ext", "{\"a\":1}", url,
                "/a"));
        assertFalse(ext("/meta/handshake").contains(SECRET));
        assertTrue(ext("/meta/handshake").contains("\"a\":1"));
        assertTrue(ext("/meta/subscribe").contains(SECRET));
        assertTrue(ext("/a").contains(SECRET));
    }

    private String ext(String channel) {
        return server.messages(channel).stream().map(ReceivedMessage::json)
                .map(message -> String.valueOf(message.get("ext"))).toList().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t", "[\"s3cr3t\"]", "hanshake={\"a\":\"s3cr3t\"}", "{\"a\":\"s3cr3t\""})
    void malformedExtIsNotRepeated(String ext) throws Exception {
        try (Cli cli = Cli.start("pub", "--ext", ext, url, "/a", "1")) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().startsWith("bayeux: --ext"), cli.errors());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
    }
}
