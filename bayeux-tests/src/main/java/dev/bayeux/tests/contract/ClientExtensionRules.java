package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.BayeuxMessage;
import dev.bayeux.api.spi.Extension;
import dev.bayeux.api.spi.ExtensionProvider;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What extensions see, change and are told (PROTOCOL 4.13). */
abstract class ClientExtensionRules extends ClientRules {

    private static final String STARTED = "Started[renewed=false]";
    private static final String RENEWED = "Started[renewed=true]";
    private static final String ENDED = "Ended[]";

    @Test
    @Tag("C-116")
    void outgoingMessagesPassInReverseAndIncomingOnesInOrder() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        ClientWatching first = new ClientWatching("first");
        ClientWatching second = new ClientWatching("second");
        first.incoming = message -> {
            order.add("first " + message.channel());
            return message;
        };
        second.incoming = message -> {
            order.add("second " + message.channel());
            return message;
        };
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(first, second));
        client.publish("/foo", 1);
        assertEquals(List.of("second", "first"), List.copyOf(take("/foo").json().getJsonObject("ext").keySet()));
        assertTrue(order.indexOf("first /foo") + 1 == order.indexOf("second /foo"), order::toString);
    }

    @Test
    @Tag("C-116")
    void metaMessagesAreSeen() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(watching));
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
    @Tag("C-55")
    void messagesAreStampedWhenTheyAreSeen() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(watching));
        client.subscribe("/foo");
        client.publish("/foo", List.of(1));
        BayeuxMessage publish = watching.sent.getLast();
        assertEquals(client.clientId(), publish.clientId());
        assertEquals(take("/foo").id(), publish.id().orElseThrow());
        assertEquals("[1]", publish.text().orElseThrow());
        assertEquals(List.of("/foo"), watching.sent.stream()
                .filter(message -> message.channel().equals(SUBSCRIBE)).findFirst().orElseThrow().subscriptions());
    }

    @Test
    @Tag("C-118")
    void whatOthersSayStays() throws Exception {
        JsonObject own = Json.createObjectBuilder().add("app", "demo").build();
        JsonObject proof = Json.createObjectBuilder().add("token", "t").build();
        bench().connect(bench().builder().handshake(Json.createObjectBuilder().add("ext", own).build())
                .credentials(refused -> Credentials.ext(proof)).extensions(new ClientWatching("watching")));
        assertEquals("{\"ack\":true,\"app\":\"demo\",\"token\":\"t\",\"watching\":true}",
                take(HANDSHAKE).json().getJsonObject("ext").toString());
    }

    @Test
    void dataCanBeChangedAndDeliveriesTakenAway() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        watching.outgoing = message -> message.channel().equals("/foo")
                ? message.withData(Json.createValue("sealed " + message.text().orElseThrow()))
                : message;
        watching.incoming = message -> message.text().filter("2"::equals).isPresent() ? null : message;
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(watching));
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
    @Tag("C-21")
    void aConnectReplyThatIsTakenAwayDoesNotEndTheHeartbeat() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(watching)
                .replyTimeout(ClientBench.SHORT));
        String clientId = client.clientId().orElseThrow();
        watching.incoming = message -> {
            if (message.channel().equals(CONNECT)) {
                watching.incoming = any -> any;
                return null;
            }
            return message;
        };
        server().hold(ClientBench.SHORT);
        server().answerHeldConnects("{}");
        bench().events.takeChangeTo(ConnectionStatus.UNCONNECTED);
        awaitReady(client);
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @Test
    void extensionsAreToldWhatBecomesOfSessions() throws Exception {
        ClientWatching watching = new ClientWatching("watching");
        server().next(HANDSHAKE).amend(refusal("403::not yet", "{\"reconnect\":\"handshake\"}"));
        BayeuxClient client = bench().connectAndSettle(bench().builder().extensions(watching));
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
                STARTED, ">" + CONNECT), watching.seen.subList(0, 7));
    }

    @Test
    void eachClientHasItsOwnInstances() throws Exception {
        ClientBuilder once = bench().builder().extensions(new ClientWatching("one"));
        bench().build(once);
        ConfigurationException failure = bench().call(once::build).failure(ConfigurationException.class);
        assertTrue(failure.getMessage().contains("\"one\""), failure::getMessage);

        List<Extension> made = new CopyOnWriteArrayList<>();
        ClientBuilder twice = bench().builder().extensions(new ExtensionProvider() {
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
        bench().connect(bench().builder().extensions("timestamp", "timesync"));
        JsonObject handshake = take(HANDSHAKE).json();
        assertTrue(handshake.getString("timestamp").endsWith(" GMT"), handshake::toString);
        assertTrue(handshake.getJsonObject("ext").containsKey("timesync"), handshake::toString);
        ConfigurationException failure = bench().call(() -> bench().builder().extensions("timesink").build())
                .failure(ConfigurationException.class);
        assertTrue(failure.getMessage().contains("timesink") && failure.getMessage().contains("timesync"),
                failure::getMessage);
    }
}
