package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.options.JsonArgument;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.SilentPort;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands connect with headers, tokens, proxies and transports, and report a server that cannot be reached. */
class ConnectingTest {

    private static final String SECRET = "s3cr3t-t0ken";

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

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
    void refusedCredentialsHaveASeparateExitCode() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(401), Answer.status(401), Answer.status(401),
                Answer.status(401));
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(5, cli.exitCode());
        }
    }

    @Test
    void aMissingTokenFileFailsBeforeAnythingIsSent() throws Exception {
        try (Cli cli = Cli.start("pub", "--bearer-file", folder.resolve("none").toString(), url, "/a", "1")) {
            assertEquals(8, cli.exitCode());
        }
        assertEquals(List.of(), server.messages());
    }

    @Test
    void aServerThatIsDownIsNotReached() throws Exception {
        server.peer().goDown();
        try (Cli cli = Cli.start("sub", url, "/a")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().contains("No connection to http://127.0.0.1"), cli.errors());
        }
    }

    @Test
    void aServerThatAcceptsNoConnectionIsNotReached() throws Exception {
        try (SilentPort silent = SilentPort.open();
                Cli cli = Cli.start("sub", "--timeout", "400ms", silent.uri().toString(), "/a")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().contains("No connection to http://127.0.0.1"), cli.errors());
        }
    }

    @Test
    void aPageThatIsNoBayeuxServerGetsAHintAboutThePath() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(404), Answer.status(404), Answer.status(404));
        try (Cli cli = Cli.start("sub", url, "/a")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().contains("404"), cli.errors());
            assertTrue(cli.errors().contains("Is the path of the address right?"), cli.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 302, 405})
    void aPermanentFailureEndsTheFirstAttempt(int status) throws Exception {
        server.next("/meta/handshake").answer(Answer.status(status), Answer.status(status), Answer.status(status));
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(3, cli.exitCode());
        }
        assertEquals(1, server.messages("/meta/handshake").size());
    }

    @Test
    void aTransientFailureIsReportedAndEndsTheSecondAttempt() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(503), Answer.status(503), Answer.status(503));
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(3, cli.exitCode());
            assertTrue(cli.errors().matches("(?s)\\d\\d:\\d\\d:\\d\\d trying again: .*503.*"), cli.errors());
        }
        assertEquals(2, server.messages("/meta/handshake").size());
    }

    @Test
    void retryContinuesAfterPermanentAndTransientFailures() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(404), Answer.status(503));
        try (Cli cli = Cli.start("pub", "--retry", "1h", url, "/a", "1")) {
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void refusedCredentialsAreNotRetriedIfThereAreNoOthers() throws Exception {
        server.next("/meta/handshake").answer(Answer.status(401), Answer.status(401));
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(5, cli.exitCode());
            assertTrue(cli.errors().contains("--bearer-file"), cli.errors());
        }
        assertEquals(1, server.messages("/meta/handshake").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--timeout", "--connect-timeout", "--retry"})
    void aTimeOfZeroIsAWrongArgument(String option) throws Exception {
        try (Cli cli = Cli.start("pub", option, "0", url, "/a", "1")) {
            assertEquals(2, cli.exitCode());
            assertEquals("bayeux: %s must be more than 0.\n".formatted(option), cli.errors());
        }
    }

    @Test
    void aProxyIsTakenFromTheEnvironmentAndFromAnOption() throws Exception {
        try (TestProxy proxy = TestProxy.start().routeAllTo(server.uri()).requireLogin("ann", SECRET)) {
            String address = "http://ann:%s@%s:%d".formatted(SECRET, proxy.host(), proxy.port());
            try (Cli cli = Cli.inEnvironment(Map.of("http_proxy", address), "pub", "http://bayeux.invalid/x", "/a",
                    "1")) {
                assertEquals(0, cli.exitCode(), cli::errors);
            }
            try (Cli cli = Cli.start("pub", "--proxy", address, "http://bayeux.invalid/x", "/a", "2")) {
                assertEquals(0, cli.exitCode(), cli::errors);
            }
        }
        assertEquals(2, server.messages("/a").size());
    }

    @Test
    void ctrlCEndsConnecting() throws Exception {
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
    void aCertificateOfOnesOwnCanBeTrusted() throws Exception {
        TestCertificate own = TestCertificate.localhost();
        try (ScriptedBayeux secure = ScriptedBayeux.over(ScriptedServer.start(own.context()))) {
            String address = "https://localhost:" + secure.uri().getPort() + secure.uri().getPath();
            Path file = own.writeCertificate(folder.resolve("ca.pem"));
            Files.writeString(file, "A text before it\n" + Files.readString(file));
            try (Cli cli = Cli.start("pub", "--cacert", file.toString(), address, "/a", "1")) {
                assertEquals(0, cli.exitCode(), cli::errors);
                assertEquals("", cli.errors());
            }
            try (Cli cli = Cli.start("probe", "--check", "--expires-within", "365d", "-k", address)) {
                JsonObject report = JsonArgument.parse(cli.line()).asJsonObject();
                assertTrue(report.getString("certificateEnds").endsWith("Z"), report.toString());
                assertTrue(report.getJsonArray("odd").toString().contains("certificate expires in "),
                        report.toString());
                assertEquals(10, cli.exitCode());
            }
        }
    }

    @Test
    void anUnknownTransportIsAWrongArgument() throws Exception {
        try (Cli cli = Cli.start("sub", "-t", "pigeon", url, "/a")) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("long-polling, websocket, callback-polling"), cli.errors());
        }
    }

    @Test
    void anUntrustedCertificateIsAcceptedOnlyIfTheUserWantsIt() throws Exception {
        try (ScriptedBayeux secure = ScriptedBayeux
                .over(ScriptedServer.start(TestCertificate.named("example.org").context()))) {
            try (Cli cli = Cli.start("pub", secure.uri().toString(), "/a", "1")) {
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
