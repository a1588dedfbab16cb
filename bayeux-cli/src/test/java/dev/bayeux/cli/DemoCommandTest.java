package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.options.JsonArgument;
import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bayeux demo} runs a chat, and serves the other commands. */
class DemoCommandTest {

    @Test
    void bothClientsReceiveEverythingAlsoAfterTheServerHasForgottenThem() throws Exception {
        try (Cli cli = Cli.start("demo")) {
            assertEquals(0, cli.exitCode());
            List<String> lines = cli.lines();
            assertEquals(8, lines.size(), lines::toString);
            for (String client : List.of("ann", "bob")) {
                assertEquals(
                        List.of("hello bob", "hello ann", "are you still there?", "sure"),
                        lines.stream().map(line -> JsonArgument.parse(line).asJsonObject())
                                .filter(line -> line.getString("client").equals(client))
                                .map(line -> line.getJsonObject("data").getString("text")).toList());
            }
        }
    }

    @Test
    void itEndsWhenItsOutputIsClosed() throws Exception {
        try (Cli cli = Cli.beforeHead(1, "demo")) {
            assertEquals(0, cli.exitCode());
            assertEquals(1, cli.lines().size());
            assertFalse(cli.errors().contains("bayeux: "), cli.errors());
            assertFalse(cli.errors().contains("That was it"), cli.errors());
        }
    }

    @Test
    void itsServerServesTheOtherCommands() throws Exception {
        try (Cli demo = Cli.start("demo", "--serve", "--port", "0")) {
            String url = JsonArgument.parse(demo.line()).asJsonObject().getString("url");
            try (Cli clock = Cli.start("sub", "-n1", url, "/clock");
                    Cli probe = Cli.start("probe", url);
                    Cli ping = Cli.start("ping", "-n1", url);
                    Cli call = Cli.start("call", url, "/service/echo", "1")) {
                assertTrue(clock.line().startsWith("{\"channel\":\"/clock\",\"data\":{\"time\":"));
                // The time of the first connect request depends on the machine, too.
                assertEquals(List.of(), JsonArgument.parse(probe.line()).asJsonObject().getJsonArray("odd")
                        .getValuesAs(JsonString::getString).stream()
                        .filter(odd -> !odd.startsWith("the first connect was held")).toList());
                assertEquals("1", call.line());
                for (Cli each : List.of(clock, probe, ping, call)) {
                    assertEquals(0, each.exitCode());
                }
            }
            try (Cli same = Cli.start("demo", "--serve", "--port", url.replaceAll(".*:(\\d+)/.*", "$1"))) {
                assertEquals(8, same.exitCode());
                assertTrue(same.errors().contains("--port"), same.errors());
            }
            demo.signal(2);
            assertEquals(130, demo.exitCode());
        }
    }
}
