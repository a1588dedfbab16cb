package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bayeux sub} subscribes and prints messages. */
class SubCommandTest {

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();

    private String url() {
        return server.uri().toString();
    }

    private void awaitSubscription() throws InterruptedException {
        server.takeMessage("/meta/subscribe", Cli.LIMIT);
        server.awaitHeldConnects(1, Cli.LIMIT);
    }

    private void assertDisconnected() throws InterruptedException {
        server.takeMessage("/meta/disconnect", Cli.LIMIT);
        assertEquals(0, server.clientIds().size());
    }

    @Test
    void eachMessageIsOneLineOfJson() throws Exception {
        try (Cli cli = Cli.start("sub", "-n", "2", url(), "/stock/*", "/news")) {
            awaitSubscription();
            server.publish("/stock/eu", "{\"price\": 1.50,\n \"by\": [ \"a b\", null ]}");
            server.push("{\"channel\":\"/news\",\"data\":\"x\",\"ext\":{\"n\":1}}");
            assertEquals("{\"channel\":\"/stock/eu\",\"data\":{\"price\":1.50,\"by\":[\"a b\",null]}}", cli.line());
            assertEquals("{\"channel\":\"/news\",\"data\":\"x\",\"ext\":{\"n\":1}}", cli.line());
            assertEquals(0, cli.exitCode());
            assertEquals("", cli.errors());
            assertDisconnected();
        }
    }

    @Test
    void dataOptionPrintsTheDataAlone() throws Exception {
        try (Cli cli = Cli.start("sub", "--data", "-n1", url(), "/a")) {
            awaitSubscription();
            server.publish("/a", "{\"n\":1}");
            assertEquals("{\"n\":1}", cli.line());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3"})
    void aCountBelowOneIsAWrongArgument(String count) throws Exception {
        try (Cli cli = Cli.start("sub", "-n", count, url(), "/a")) {
            assertEquals(2, cli.exitCode());
            assertEquals("bayeux: --count must be at least 1.\n", cli.errors());
        }
    }

    @Test
    void excludedChannelsAreNeitherPrintedNorCounted() throws Exception {
        try (Cli cli = Cli.start("sub", "-n1", "-f", "%c\\t%d", "--exclude", "/a/b/*", "--exclude", "/a/c", url(),
                "/a/**")) {
            awaitSubscription();
            server.publish("/a/b/1", "1");
            server.publish("/a/c", "2");
            server.publish("/a/b", "{\"n\": 3}");
            assertEquals("/a/b\t{\"n\":3}", cli.line());
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void aLineOfJsonMayHaveTheTime() throws Exception {
        try (Cli cli = Cli.start("sub", "-n1", "--time", url(), "/a")) {
            awaitSubscription();
            server.publish("/a", "{\"event\":{\"replayId\":7}}");
            String line = cli.line();
            assertTrue(line.matches("\\{\"channel\":\"/a\",\"data\":.*,\"replayId\":7,\"time\":\"20[^\"]*Z\"}"), line);
        }
    }

    @Test
    void idleEndsTheCommandIfNoMessageComes() throws Exception {
        try (Cli cli = Cli.start("sub", "--idle", "100ms", url(), "/a")) {
            assertEquals(0, cli.exitCode());
        }
        server.next("/meta/handshake").amend("{\"ext\":{\"replay\":true}}");
        try (Cli cli = Cli.start("sub", "--end", "--idle", "100ms", url(), "/b")) {
            server.takeMessage("/meta/subscribe", Cli.LIMIT);
            assertEquals("{\"/b\":-2}", replayed());
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void aTerminalGetsColoursAndAHeading() throws Exception {
        try (Cli cli = Cli.onTerminal("sub", "-n1", url(), "/a")) {
            awaitSubscription();
            server.publish("/a", "{\"n\":1}");
            String line = cli.line();
            assertTrue(line.contains("\u001b[1m/a\u001b[0m"), line);
            assertTrue(line.contains("\u001b[34m\"n\"\u001b[0m"), line);
            assertEquals(0, cli.exitCode());
            assertTrue(cli.errors().contains("subscribed to /a"), cli.errors());
        }
    }

    @Test
    void alwaysGivesColoursToAPipeToo() throws Exception {
        try (Cli cli = Cli.start("sub", "-n1", "--color", "always", url(), "/a")) {
            awaitSubscription();
            server.publish("/a", "{\"n\":1}");
            String line = cli.line();
            assertTrue(line.contains("\u001b[1m/a\u001b[0m"), line);
            assertTrue(line.contains("\u001b[34m\"n\"\u001b[0m"), line);
        }
    }

    @Test
    void nothingThatAServerSendsControlsTheTerminal() throws Exception {
        try (Cli cli = Cli.onTerminal("sub", "-n1", "--color", "never", url(), "/a")) {
            awaitSubscription();
            server.push("{\"channel\":\"/a\",\"data\":\"\\u001b[2J\\u009b2J\"}");
            String line = cli.line();
            assertTrue(line.endsWith("\"\\u001b[2J\\u009b2J\""), line);
        }
    }

    @Test
    void ctrlCDisconnectsPolitely() throws Exception {
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            cli.signal(2);
            assertEquals(130, cli.exitCode());
            assertDisconnected();
        }
    }

    @Test
    void aSecondCtrlCEndsAtOnce() throws Exception {
        server.next("/meta/disconnect").answer(Answer.stall());
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            cli.signal(2);
            cli.signal(2);
            assertEquals(130, cli.halted());
        }
    }

    @Test
    void sigtermDisconnectsToo() throws Exception {
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            cli.signal(15);
            assertEquals(143, cli.exitCode());
            assertDisconnected();
        }
    }

    @Test
    void itEndsCleanlyWhenItsOutputIsClosed() throws Exception {
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            cli.closeOutput();
            server.publish("/a", "1");
            assertEquals(0, cli.exitCode());
            assertEquals("", cli.errors());
            assertDisconnected();
        }
    }

    @Test
    void aDiskThatIsFullIsAFailure() throws Exception {
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            cli.breakOutput("No space left on device");
            server.publish("/a", "1");
            assertEquals(9, cli.exitCode());
            assertEquals("bayeux: cannot write: No space left on device\n", cli.errors());
            assertDisconnected();
        }
    }

    @Test
    void tooFewMessagesInTimeAreAFailure() throws Exception {
        try (Cli cli = Cli.start("sub", "-n", "1", "--for", "50ms", url(), "/a")) {
            assertEquals(6, cli.exitCode());
            assertTrue(cli.errors().contains("0 of 1 messages"), cli.errors());
        }
    }

    @Test
    void timeWithoutACountIsNoFailure() throws Exception {
        try (Cli cli = Cli.start("sub", "--for", "50ms", url(), "/a")) {
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void aRefusedSubscriptionIsAFailure() throws Exception {
        server.deny("/secret");
        try (Cli cli = Cli.start("sub", url(), "/secret")) {
            assertEquals(4, cli.exitCode());
            assertTrue(cli.errors().contains("denied"), cli.errors());
        }
    }

    @Test
    void aServerThatEndsTheSessionIsAFailure() throws Exception {
        try (Cli cli = Cli.start("sub", url(), "/a")) {
            awaitSubscription();
            server.disconnectSessions();
            assertEquals(7, cli.exitCode());
        }
    }

    @Test
    void itContinuesThroughALostSession() throws Exception {
        try (Cli cli = Cli.start("sub", "-n1", url(), "/a")) {
            awaitSubscription();
            server.expireSessions();
            awaitSubscription();
            server.publish("/a", "1");
            assertEquals("{\"channel\":\"/a\",\"data\":1}", cli.line());
            assertEquals(0, cli.exitCode());
            assertTrue(cli.errors().contains("a new session"), cli.errors());
        }
    }

    @Test
    void positionsAreKeptForTheNextRun(@TempDir Path folder) throws Exception {
        String file = folder.resolve("seen").toString();
        server.tweak(replies -> replies);
        server.next("/meta/handshake").amend("{\"ext\":{\"replay\":true}}");
        try (Cli cli = Cli.start("sub", "-n1", "--positions", file, "--replay", "earliest", url(), "/a")) {
            assertEquals("{\"/a\":-2}", replayed());
            server.publish("/a", "{\"event\":{\"replayId\":7}}");
            assertEquals(0, cli.exitCode());
        }
        server.next("/meta/handshake").amend("{\"ext\":{\"replay\":true}}");
        try (Cli cli = Cli.start("sub", "--for", "1ms", "--positions", file, "--replay", "earliest", url(), "/a")) {
            assertEquals("{\"/a\":7}", replayed());
            assertEquals(0, cli.exitCode());
        }
    }

    private String replayed() throws InterruptedException {
        return server.takeMessage("/meta/subscribe", Cli.LIMIT).json().getJsonObject("ext").get("replay").toString();
    }

    @Test
    void acknowledgementsCanBeTurnedOff() throws Exception {
        try (Cli with = Cli.start("sub", "--ack", "--for", "1ms", url(), "/a");
                Cli usual = Cli.start("sub", "--for", "1ms", url(), "/a")) {
            assertEquals(0, with.exitCode());
            assertEquals(0, usual.exitCode());
        }
        assertTrue(server.messages("/meta/handshake").stream()
                .allMatch(handshake -> handshake.json().toString().contains("\"ack\":true")));
        try (Cli without = Cli.start("sub", "--no-ack", "--for", "1ms", url(), "/a")) {
            assertEquals(0, without.exitCode());
        }
        assertFalse(server.messages("/meta/handshake").getLast().json().toString().contains("ack"));
    }

    @Test
    void aReplayIdBelongsToOneChannel() throws Exception {
        try (Cli cli = Cli.start("sub", "--replay", "7", url(), "/a", "/b")) {
            assertEquals(2, cli.exitCode());
        }
    }
}
