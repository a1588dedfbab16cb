package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers, tokens, transports, and what becomes of a server that cannot be had. */
class ConnectingTest {

    private static final String SECRET = "s3cr3t-t0ken";

    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> headers(String name) {
        return server.peer().requests().stream().flatMap(request -> request.headers(name).stream()).distinct().toList();
    }

    @Test
    void headersGoWithEachRequestAndAreShownNowhere() throws Exception {
        Path more = Files.writeString(folder.resolve("headers"), "X-Two: " + SECRET + "\n\nX-Three: 3\n");
        try (Cli cli = Cli.start("pub", "--wire", "-H", "X-One: " + SECRET, "-H", "@" + more, url, "/a", "1")) {
            assertEquals(0, cli.exitCode());
            assertTrue(cli.errors().contains("/meta/handshake"), cli.errors());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
        assertEquals(List.of(SECRET), headers("X-One"));
        assertEquals(List.of(SECRET), headers("X-Two"));
        assertEquals(List.of("3"), headers("X-Three"));
    }

    @Test
    void aHeaderWithoutAColonIsAWrongArgumentAndNotRepeated() throws Exception {
        try (Cli cli = Cli.start("pub", "-H", SECRET, url, "/a", "1")) {
            assertEquals(2, cli.exitCode());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
    }

    @Test
    void aTokenIsReadAgainWhenItIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        server.next("/meta/handshake").change(reply -> {
            write(file, SECRET);
            return Answer.status(401);
        });
        try (Cli cli = Cli.start("pub", "--bearer-file", file.toString(), url, "/a", "1")) {
            assertEquals(0, cli.exitCode());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
        assertEquals(List.of("Bearer old", "Bearer " + SECRET), headers("Authorization"));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void refusedCredentialsHaveACodeOfTheirOwn() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(401), Answer.status(401), Answer.status(401),
                Answer.status(401));
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(5, cli.exitCode());
        }
    }

    @Test
    void aTokenFileThatIsMissingIsSeenBeforeAnythingIsSent() throws Exception {
        try (Cli cli = Cli.start("pub", "--bearer-file", folder.resolve("none").toString(), url, "/a", "1")) {
            assertEquals(8, cli.exitCode());
        }
        assertEquals(List.of(), server.messages());
    }

    @Test
    void aServerThatIsDownIsNotReached() throws Exception {
        server.peer().goDown();
        try (Cli cli = Cli.start("sub", "--connect-timeout", "100ms", url, "/a")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().contains("No connection to http://127.0.0.1"), cli.errors());
        }
    }

    @Test
    void aPageThatIsNoBayeuxServerIsSaidToBeNone() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(404), Answer.status(404), Answer.status(404));
        try (Cli cli = Cli.start("sub", url, "/a")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().contains("404"), cli.errors());
        }
    }

    @Test
    void ctrlCGivesUpConnecting() throws Exception {
        server.next("/meta/handshake").answer(Answer.stall());
        try (Cli cli = Cli.onTerminal("sub", url, "/a")) {
            server.takeMessage("/meta/handshake", Cli.LIMIT);
            cli.signal(2);
            assertEquals(130, cli.exitCode());
        }
    }

    @Test
    void anAddressIsCheckedAndItsPasswordNotShown() throws Exception {
        try (Cli cli = Cli.start("sub", "ftp://ann:" + SECRET + "@example.org/x", "/a")) {
            assertEquals(2, cli.exitCode());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
        try (Cli cli = Cli.start("sub", "http://ann:" + SECRET + "@exa mple.org/x", "/a")) {
            assertEquals(2, cli.exitCode());
            assertFalse(cli.errors().contains(SECRET), cli.errors());
        }
    }

    @Test
    void anUnknownTransportIsAWrongArgument() throws Exception {
        try (Cli cli = Cli.start("sub", "-t", "pigeon", url, "/a")) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("jdk-websocket"), cli.errors());
        }
    }

    @Test
    void aCertificateOfNobodyIsTrustedWhereTheUserWantsItAndNowhereElse() throws Exception {
        try (ScriptedBayeux secure = ScriptedBayeux
                .over(ScriptedServer.start(TestCertificate.named("example.org").context()))) {
            try (Cli cli = Cli.start("pub", "--connect-timeout", "2s", secure.uri().toString(), "/a", "1")) {
                assertEquals(3, cli.exitCode());
                assertTrue(cli.errors().contains("No trusted TLS connection"), cli.errors());
            }
            for (String transport : List.of("long-polling", "websocket,long-polling")) {
                try (Cli cli = Cli.start("pub", "--insecure", "-t", transport, secure.uri().toString(), "/a", "1")) {
                    assertEquals(0, cli.exitCode());
                    assertTrue(cli.errors().contains("--insecure: "), cli.errors());
                }
            }
        }
    }
}
