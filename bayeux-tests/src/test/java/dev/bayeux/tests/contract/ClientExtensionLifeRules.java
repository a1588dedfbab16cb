package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How clients get their extensions, and which messages and session changes those receive (protocol.md 4.13). */
abstract class ClientExtensionLifeRules extends ClientRules {

    private static final String STARTED = "Started[renewed=false]";
    private static final String RENEWED = "Started[renewed=true]";
    private static final String ENDED = "Ended[]";

    @Test
    @Tag("C-116")
    void metaMessagesAreSeen() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(watching));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.publish("/foo", 1);
        assertNext(subscription, "1");
        subscription.close();
        take(UNSUBSCRIBE);
        client.disconnect();
        for (String channel : List.of(HANDSHAKE, CONNECT, SUBSCRIBE, UNSUBSCRIBE, DISCONNECT, "/foo")) {
            assertTrue(watching.seen.contains(">" + channel), () -> channel + " of " + watching.seen);
            assertTrue(watching.seen.contains("<" + channel), () -> channel + " of " + watching.seen);
            assertTrue(server().messages(channel).getFirst().json().getJsonObject("ext").getBoolean("watching"));
        }
    }

    @Test
    void dataCanBeChangedAndDeliveriesTakenAway() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        watching.outgoing = message -> message.channel().equals("/foo")
                ? message.withData(Json.createValue("sealed " + message.text().orElseThrow()))
                : message;
        watching.incoming = message -> message.text().filter("2"::equals).isPresent() ? null : message;
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(watching));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.publish("/foo", 1);
        assertNext(subscription, "\"sealed 1\"");
        for (String data : List.of("2", "3")) {
            awaitHeldConnect();
            server().publish("/foo", data);
        }
        assertNext(subscription, "3");
    }

    @Test
    void extensionsAreToldWhatBecomesOfSessions() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        server().next(HANDSHAKE).amend(refusal("403::not yet", "{\"reconnect\":\"handshake\"}"));
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(watching));
        server().expireSessions();
        take(CONNECT, 4);
        client.disconnect();
        client.connect();
        client.disconnect();
        List<String> changes = watching.seen.stream().filter(seen -> !seen.startsWith("<") && !seen.startsWith(">"))
                .toList();
        assertEquals(List.of("HandshakeFailed", STARTED, ENDED, RENEWED, ENDED, STARTED, ENDED), changes);
        // Told after the message that brought it, and before the next one.
        assertEquals(List.of(">" + HANDSHAKE, "<" + HANDSHAKE, "HandshakeFailed", ">" + HANDSHAKE, "<" + HANDSHAKE,
                STARTED, ">" + CONNECT), watching.first(7));
    }

    @Test
    void eachClientHasItsOwnInstances() throws Exception {
        ClientWatching one = new ClientWatching("one");
        ClientBuilder once = bench().builder().addExtension(one);
        bench().build(once);
        for (ClientBuilder again : List.of(once, bench().builder().addExtension(one))) {
            ConfigurationException failure = bench().call(again::build).failure(ConfigurationException.class);
            assertTrue(failure.getMessage().contains("\"one\""), failure::getMessage);
        }

        List<Extension> made = new CopyOnWriteArrayList<>();
        ClientBuilder twice = bench().builder().addExtension(new ExtensionProvider() {
            @Override
            public String name() {
                return "made";
            }

            @Override
            public Extension create() {
                made.add(new ClientWatching("made"));
                return made.getLast();
            }
        });
        bench().connect(twice);
        bench().connect(twice);
        assertEquals(2, made.size());
    }

    @Test
    void extensionsAreFoundByName() throws Exception {
        bench().connect(bench().builder().addExtension("timestamp").addExtension("timesync"));
        JsonObject handshake = take(HANDSHAKE).json();
        assertTrue(handshake.getString("timestamp").endsWith(" GMT"), handshake::toString);
        assertTrue(handshake.getJsonObject("ext").containsKey("timesync"), handshake::toString);
        ConfigurationException failure = bench().call(() -> bench().builder().addExtension("timesink").build())
                .failure(ConfigurationException.class);
        assertTrue(failure.getMessage().contains("timesink") && failure.getMessage().contains("timesync"),
                failure::getMessage);
    }
}
