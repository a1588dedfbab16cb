package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.options.JsonArgument;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code bayeux ping} and {@code bayeux probe} measure and inspect a server. */
class MeasuringTest {

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    private static JsonObject json(String line) {
        return JsonArgument.parse(line).asJsonObject();
    }

    @Test
    void pingPrintsEachRoundTripAndThenAllOfThem() throws Exception {
        try (Cli cli = Cli.start("ping", "-n", "3", "--interval", "0", url)) {
            for (int n = 1; n <= 3; n++) {
                assertEquals(n, json(cli.line()).getInt("seq"));
            }
            JsonObject all = json(cli.line());
            assertEquals(List.of("sent", "back", "minMs", "p50Ms", "p90Ms", "p99Ms", "maxMs"),
                    List.copyOf(all.keySet()));
            assertEquals(3, all.getInt("back"));
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void aMessageThatDoesNotComeBackIsAFailure() throws Exception {
        server.tweak(replies -> replies.stream().filter(reply -> !reply.asJsonObject().containsKey("data")).toList());
        try (Cli cli = Cli.start("ping", "-n", "1", "--timeout", "1s", url)) {
            assertEquals("null", json(cli.line()).get("backMs").toString());
            assertEquals(0, json(cli.line()).getInt("back"));
            assertEquals(6, cli.exitCode());
        }
    }

    @Test
    void aServerMayAddToTheData() throws Exception {
        server.tweak(replies -> replies.stream()
                .map(reply -> reply.asJsonObject().get("data") instanceof JsonObject data
                        ? Json.createObjectBuilder(reply.asJsonObject()).add("data",
                                Json.createObjectBuilder(data).add("event",
                                        Json.createObjectBuilder().add("replayId", 7)))
                                .build()
                        : reply)
                .toList());
        try (Cli cli = Cli.start("ping", "-n", "1", url)) {
            assertEquals(0, cli.exitCode());
        }
    }

    @Test
    void endlessPingRunsUntilCtrlC() throws Exception {
        try (Cli cli = Cli.start("ping", "--endless", "-c", "1", "--interval", "0", "--percentiles", "99.9", url)) {
            for (int n = 1; n <= 20; n++) {
                assertEquals(n, json(cli.line()).getInt("seq"));
            }
            cli.signal(2);
            assertEquals(130, cli.exitCode());
            assertTrue(cli.lines().getLast().contains("\"p99.9Ms\":"));
        }
    }

    @Test
    void ctrlCShowsTheMeasurements() throws Exception {
        try (Cli cli = Cli.onTerminal("ping", "--interval", "1h", url, "/mine")) {
            assertTrue(cli.line().contains("accepted after"));
            cli.signal(2);
            assertTrue(cli.line().startsWith("1 sent, 1 back; min "));
            assertEquals(130, cli.exitCode());
        }
    }

    @Test
    void probeReportsWhatTheServerOffers() throws Exception {
        server.next("/meta/handshake")
                .amend("{\"ext\":{\"ack\":true,\"token\":\"s3cr3t\"},\"minimumVersion\":\"0.9\"}");
        try (Cli cli = Cli.start("probe", url)) {
            String line = cli.line();
            JsonObject report = json(line);
            assertEquals("1.0", report.getString("version"));
            assertEquals("0.9", report.getString("minimumVersion"));
            assertEquals("CometD", report.getString("looksLike"));
            assertTrue(report.getJsonArray("connectionTypes").getValuesAs(JsonString::getString)
                    .containsAll(List.of("websocket", "long-polling")), line);
            assertEquals("[\"ack\",\"token\"]", report.get("extensions").toString());
            assertEquals(30000, report.getJsonObject("advice").getInt("timeout"));
            assertEquals("[{\"name\":\"BAYEUX_BROWSER\",\"attributes\":[\"Path=/\",\"HttpOnly\"]}]",
                    report.get("cookies").toString());
            assertTrue(report.getJsonObject("timings").keySet().containsAll(List.of("handshakeMs", "connectMs",
                    "subscribeMs", "publishMs", "deliveryMs", "disconnectMs")), line);
            assertEquals(0, cli.exitCode());
            assertNoSecrets(line + cli.errors());
        }
    }

    private void assertNoSecrets(String output) {
        assertFalse(output.contains("s3cr3t"), output);
        server.messages("/meta/connect").forEach(message -> assertFalse(output.contains(message.clientId()), output));
        server.peer().requests().stream().flatMap(request -> request.headers("Cookie").stream())
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1))
                .forEach(value -> assertFalse(output.contains(value), output));
    }

    @Test
    void probeReportsWhatIsOdd() throws Exception {
        server.next("/meta/handshake").amend("""
                {"version":null,"supportedConnectionTypes":["websocket"],"clientId":"7",
                 "advice":{"reconnect":"retry","interval":"0","timeout":90000}}""");
        server.deny("/**");
        try (Cli cli = Cli.start("probe", url)) {
            JsonObject report = json(cli.line());
            List<String> odd = report.getJsonArray("odd").getValuesAs(JsonString::getString);
            assertTrue(odd.contains("the handshake names no version of the protocol"), odd::toString);
            assertTrue(odd.contains("the client id is short (1 characters): others could guess it"), odd::toString);
            assertTrue(odd.contains("connects are held for 90 s, longer than many proxies wait"), odd::toString);
            assertTrue(odd.contains("advice.interval of the handshake is not a number"), odd::toString);
        }
    }

    @Test
    void probeOfAServerThatIsDownIsAFailure() throws Exception {
        server.peer().goDown();
        try (Cli cli = Cli.start("probe", url)) {
            assertEquals(3, cli.exitCode());
            assertEquals(List.of(), cli.lines());
        }
    }
}
