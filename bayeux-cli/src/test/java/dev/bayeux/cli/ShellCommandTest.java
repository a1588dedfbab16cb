package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.options.JsonArgument;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code bayeux shell} runs verbs from a pipe. */
class ShellCommandTest {

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @Test
    void everyVerbWorksInAPipe() throws Exception {
        try (Cli cli = Cli.start("shell", "--name", "ann", url)) {
            cli.type("subscribe /a /chat/demo");
            cli.type("publish /a {\"n\": [1, 2]}");
            assertEquals("{\"channel\":\"/a\",\"data\":{\"n\":[1,2]}}", cli.line());
            cli.type("say hello \"bob\"!");
            assertEquals("{\"channel\":\"/chat/demo\",\"data\":{\"user\":\"ann\",\"text\":\"hello \\\"bob\\\"!\"}}",
                    cli.line());
            cli.type("call /service/echo \"x\"");
            assertEquals("\"x\"", cli.line());
            cli.type("unsubscribe /a");
            server.takeMessage("/meta/unsubscribe", Cli.LIMIT);
            cli.type("status");
            var status = JsonArgument.parse(cli.line()).asJsonObject();
            assertEquals("connected", status.getString("status"));
            assertEquals("[\"/chat/demo\"]", status.get("subscriptions").toString());
            cli.type("disconnect");
            server.takeMessage("/meta/disconnect", Cli.LIMIT);
            cli.type("status");
            assertEquals("disconnected", JsonArgument.parse(cli.line()).asJsonObject().getString("status"));
            cli.type("reconnect");
            cli.type("say again");
            assertEquals("{\"channel\":\"/chat/demo\",\"data\":{\"user\":\"ann\",\"text\":\"again\"}}", cli.line());
            cli.type("wait 1ms");
            cli.type("help");
            assertTrue(cli.line().contains("publish CHANNEL JSON"));
            cli.type("quit");
            assertEquals(0, cli.exitCode());
            assertEquals("", cli.errors());
        }
        assertEquals(List.of(), server.clientIds());
    }

    @Test
    void autojoinSubscribesAndAnnouncesTheUser() throws Exception {
        try (Cli cli = Cli.start("shell", "-j", "-N", "ann", "--chat", "/room/1", url)) {
            assertEquals(
                    "{\"channel\":\"/room/1\",\"data\":{\"user\":\"ann\",\"text\":\"ann has joined\",\"join\":true}}",
                    cli.line());
            cli.signal(2);
            assertEquals(130, cli.exitCode());
        }
        server.takeMessage("/meta/disconnect", Cli.LIMIT);
    }

    @Test
    void itEndsWhenItsOutputIsClosed() throws Exception {
        assertEndAfter(Cli::closeOutput, 0, "");
        server.takeMessage("/meta/disconnect", Cli.LIMIT);
    }

    @Test
    void aDiskThatIsFullEndsItWithAFailure() throws Exception {
        assertEndAfter(cli -> cli.breakOutput("No space left on device"), 9,
                "bayeux: cannot write: No space left on device\n");
    }

    /** Checks how a shell ends if its output breaks before the next message. */
    private void assertEndAfter(Consumer<Cli> breaking, int exitCode, String errors) throws Exception {
        try (Cli cli = Cli.start("shell", "-j", "-N", "ann", url)) {
            cli.line();
            server.awaitHeldConnects(1, Cli.LIMIT);
            breaking.accept(cli);
            server.publish("/chat/demo", "1");
            assertEquals(exitCode, cli.exitCode());
            assertEquals(errors, cli.errors());
        }
    }

    @Test
    void aReplayIdCountsForTheFirstChannelThatCanBeSubscribed() throws Exception {
        server.next("/meta/handshake").amend("{\"ext\":{\"replay\":true}}");
        server.deny("/secret");
        try (Cli cli = Cli.withInput("sub /secret\nsub /a\nsub /b\nunsub /a\nsub /a\n", "shell", "--replay", "7",
                url)) {
            assertEquals(4, cli.exitCode());
        }
        assertEquals(List.of("{\"/secret\":7}", "{\"/a\":7}", "{\"/b\":-1}", "{\"/a\":7}"),
                server.messages("/meta/subscribe").stream()
                        .map(sent -> sent.json().getJsonObject("ext").get("replay").toString()).toList());
    }

    @Test
    void aFailedVerbIsReportedAndTheNextOneRuns() throws Exception {
        server.deny("/secret");
        String script = "# a script\nsubscribe /secret\nnonsense\npublish /a\npublish /a oops\nunsubscribe /b\ncall /service/echo 1\n";
        try (Cli cli = Cli.withInput(script, "shell", url)) {
            assertEquals(4, cli.exitCode());
            assertEquals(List.of("1"), cli.lines());
            List<String> errors = cli.errors().lines().filter(line -> line.startsWith("! ")).toList();
            assertEquals(5, errors.size(), cli.errors());
            assertTrue(errors.get(1).contains("\"help\""), cli.errors());
            assertTrue(errors.get(2).contains("Usage: publish CHANNEL JSON"), cli.errors());
        }
    }
}
