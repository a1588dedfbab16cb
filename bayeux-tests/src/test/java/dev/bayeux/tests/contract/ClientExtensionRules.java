package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.tests.server.Held;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What extensions see, and what they can do (protocol.md 4.13). */
abstract class ClientExtensionRules extends ClientRules {

    /** What extensions were called with, such as "a out /foo". */
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    /** Writes down what it sees and puts its name into each message. */
    private final class Signing implements Extension {

        private final String name;

        Signing(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public BayeuxMessage outgoing(BayeuxMessage message) {
            calls.add("%s out %s".formatted(name, message.channel()));
            return message.withExt(name, JsonValue.TRUE);
        }

        @Override
        public BayeuxMessage incoming(BayeuxMessage message) {
            calls.add("%s in %s".formatted(name, message.channel()));
            return message;
        }

        @Override
        public void sessionChanged(SessionChange change) {
            calls.add("%s %s".formatted(name, change));
        }
    }

    /** Changes outgoing messages as the test says. */
    private static Extension outgoing(UnaryOperator<@Nullable BayeuxMessage> change) {
        return new Extension() {
            @Override
            public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
                return change.apply(message);
            }
        };
    }

    private List<String> callsWith(String channel) {
        return List.copyOf(calls).stream().filter(call -> call.endsWith(" " + channel)).toList();
    }

    @Test
    @Tag("C-116")
    void extensionsSeeEveryMessageInTheirOrder() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().addExtension(new Signing("a")).addExtension(new Signing("b")));
        var subscription = client.subscribe("/foo");
        client.publish("/foo", 1);
        assertNext(subscription, "1");
        List<String> there = List.of("b out ", "a out ", "a in ", "b in ");
        for (String channel : List.of(HANDSHAKE, SUBSCRIBE)) {
            assertEquals(there.stream().map(start -> start + channel).toList(), callsWith(channel));
        }
        // The server's result and the delivery.
        assertEquals(List.of("b out /foo", "a out /foo", "a in /foo", "b in /foo", "a in /foo", "b in /foo"),
                callsWith("/foo"));
        assertEquals(there.stream().map(start -> start + CONNECT).toList(), callsWith(CONNECT).subList(0, 4));
    }

    @Test
    @Tag("C-117")
    void whatAnExtensionHoldsBackFailsForItsCaller() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder()
                .addExtension(outgoing(message -> message == null || message.channel().equals("/foo")
                        || message.subscriptions().contains("/foo") ? null : message)));
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertInstanceOf(HeldBackException.class, failure.getCause());
        bench().call(() -> client.subscribe("/foo")).failure(SubscribeException.class);
        client.publish("/bar", 1);
        client.subscribe("/bar");
        assertEquals(0, count("/foo"));
        assertEquals(1, count(SUBSCRIBE));
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-118")
    void extensionsAddToWhatOthersHaveSaid() throws Exception {
        BayeuxClient client = bench().connect(bench().builder().addExtension(new Signing("a"))
                .addExtension(new Signing("b"))
                .handshake(Json.createObjectBuilder().add("ext", Json.createObjectBuilder().add("mine", 1)).build())
                .credentials(refused -> Credentials.ext(Json.createObjectBuilder().add("token", "t").build())));
        client.publish("/foo", 1);
        JsonObject sent = take(HANDSHAKE).json().getJsonObject("ext");
        for (String name : List.of("a", "b", "mine", "token")) {
            assertTrue(sent.containsKey(name), sent::toString);
        }
        assertEquals(Json.createObjectBuilder().add("b", true).add("a", true).build(),
                take("/foo").json().get("ext"));
    }

    @Test
    @Tag("C-39")
    void noExtensionChangesWhatTheProtocolSays() throws Exception {
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        List<String> fields = List.of("id", "channel", "clientId", "successful", "subscription");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(outgoing(message -> {
            if (message != null && message.channel().equals("/foo")) {
                for (String field : fields) {
                    assertThrows(IllegalArgumentException.class,
                            () -> message.withField(field, Json.createValue("changed")));
                    refused.add(field);
                }
            }
            return message;
        })));
        client.publish("/foo", 1);
        assertEquals(fields, List.copyOf(refused));
        assertEquals(client.clientId().orElseThrow(), take("/foo").clientId());
    }

    @Test
    @Tag("C-55")
    void extensionsSeeAMessageWhenItLeaves() throws Exception {
        Queue<String> clientIds = new ConcurrentLinkedQueue<>();
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder().addExtension(outgoing(message -> {
            if (message != null && message.channel().equals("/foo")) {
                clientIds.add(message.clientId().orElse("none yet"));
            }
            return message;
        })));
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        assertTrue(clientIds.isEmpty());
        held.release();
        publishing.result();
        connecting.result();
        assertEquals(List.of(client.clientId().orElseThrow()), List.copyOf(clientIds));
    }

    @Test
    @Tag("C-11")
    @Tag("C-71")
    void extensionsSeeASessionBeginAndItsSubscriptionsRestoredBeforeTheFirstConnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(new Signing("a")));
        client.subscribe("/foo");
        awaitHeldConnect();
        calls.clear();
        server().expireSessions();
        take(HANDSHAKE, 2);
        awaitReady(client);
        List<String> seen = List.copyOf(calls);
        assertEquals(List.of("a in " + HANDSHAKE, "a Started[renewed=true]", "a out " + SUBSCRIBE, "a in " + SUBSCRIBE,
                "a out " + CONNECT),
                seen.subList(seen.indexOf("a in " + HANDSHAKE), seen.indexOf("a out " + CONNECT) + 1));
    }

    @Test
    @Tag("C-21")
    void aConnectReplyThatAnExtensionSwallowsDoesNotStopTheLoop() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        Queue<Boolean> swallow = new ConcurrentLinkedQueue<>();
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(new Extension() {
            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                return message.channel().equals(CONNECT) && swallow.poll() != null ? null : message;
            }
        }));
        swallow.add(true);
        server().answerHeldConnects("{}");
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        take(CONNECT, 3);
        await(client, ConnectionStatus.CONNECTED);
        awaitHeldConnect();
        assertEquals(1, count(HANDSHAKE));
        assertEquals(1, server().mostConnectsAtOnce());
    }

    @Test
    @Tag("C-21")
    void nothingThatAnExtensionThrowsStopsTheLoop() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(new Extension() {
            @Override
            public BayeuxMessage outgoing(BayeuxMessage message) {
                throw failure(message);
            }

            @Override
            public BayeuxMessage incoming(BayeuxMessage message) {
                throw failure(message);
            }

            @Override
            public void sessionChanged(SessionChange change) {
                throw new IllegalStateException("of the test");
            }

            private Error failure(BayeuxMessage message) {
                return message.isMeta() ? new StackOverflowError("of the test") : new AssertionError("of the test");
            }
        }));
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        awaitHeldConnect();
        bench().events.take(ClientEvent.ExtensionFailed.class);
        assertTrue(client.state().isConnected());
        assertFalse(bench().events.statuses().contains(ConnectionStatus.REHANDSHAKING));
        assertEquals(1, count(HANDSHAKE));
    }
}
