package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.options.JsonArgument;
import dev.bayeux.tests.interop.CometdTestServer;
import dev.bayeux.tests.interop.FayeTestServer;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands work with a real CometD server and a real Faye server. */
class RealServersTest {

    @ParameterizedTest
    @ValueSource(strings = {"long-polling", "websocket", "websocket,long-polling", "callback-polling"})
    void cometd(String transport) throws Exception {
        try (CometdTestServer server = new CometdTestServer().start()) {
            everything(server.uri().toString(), transport);
            try (Cli call = Cli.start("call", "-t", transport, server.uri().toString(), "/service/echo", "[1]")) {
                assertEquals("[1]", call.line());
                assertEquals(0, call.exitCode());
            }
            server.awaitSessions(0, Cli.LIMIT);
        }
    }

    @ParameterizedTest
    @Tag("optional")
    @ValueSource(strings = {"long-polling", "websocket"})
    void faye(String transport) throws Exception {
        try (FayeTestServer server = new FayeTestServer().start()) {
            everything(server.uri().toString(), transport);
        }
    }

    /** Runs a chat in a shell, a subscriber, a publish and a ping. */
    private static void everything(String url, String transport) throws Exception {
        try (Cli ann = Cli.start("shell", "-t", transport, "-j", "-N", "ann", url);
                Cli sub = Cli.start("sub", "--data", "-t", transport, url, "/chat/*")) {
            assertEquals("ann has joined", chat(ann.line()));
            // Only a received message shows that the subscriber is subscribed.
            awaitPublished(ann, sub, "are you there?");
            try (Cli pub = Cli.start("pub", "-t", transport, url, "/chat/demo", "{\"text\":\"yes\"}")) {
                assertEquals(0, pub.exitCode());
            }
            while (!sub.line().equals("{\"text\":\"yes\"}")) {
                // Earlier messages of Ann.
            }
            sub.signal(2);
            assertEquals(130, sub.exitCode());
            assertEquals("yes", chat(ann.line()));
            ann.type("quit");
            assertEquals(0, ann.exitCode());
        }
        try (Cli ping = Cli.start("ping", "-n", "2", "--interval", "0", "-t", transport, url)) {
            assertEquals(0, ping.exitCode());
            assertTrue(ping.lines().getLast().contains("\"back\":2"));
        }
    }

    private static String chat(String line) {
        return JsonArgument.parse(line).asJsonObject().getJsonObject("data").getString("text");
    }

    private static void awaitPublished(Cli ann, Cli sub, String text) throws Exception {
        for (int n = 0; n < 1000; n++) {
            ann.type("say " + text);
            assertEquals(text, chat(ann.line()));
            if (sub.lineWithin(50).filter(line -> line.contains(text)).isPresent()) {
                return;
            }
        }
        throw new AssertionError("The subscriber receives nothing: " + sub.errors());
    }

    @Test
    void probeKnowsCometd() throws Exception {
        try (CometdTestServer server = new CometdTestServer().start();
                Cli probe = Cli.start("probe", server.uri().toString())) {
            JsonObject report = JsonArgument.parse(probe.line()).asJsonObject();
            assertEquals("CometD", report.getString("looksLike"));
            assertTrue(report.getJsonObject("webSocket").getBoolean("works"));
            assertEquals(0, probe.exitCode());
        }
    }

    @Test
    @Tag("optional")
    void probeKnowsFaye() throws Exception {
        try (FayeTestServer server = new FayeTestServer().start();
                Cli probe = Cli.start("probe", server.uri().toString())) {
            JsonObject report = JsonArgument.parse(probe.line()).asJsonObject();
            assertEquals("Faye", report.getString("looksLike"));
            assertEquals("[]", report.get("cookies").toString());
            assertTrue(report.getJsonObject("webSocket").getBoolean("works"));
        }
    }
}
