package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever an extension does, the client continues (protocol.md C-21). */
abstract class ClientBadExtensionRules extends ClientRules {

    private void assertWorks(BayeuxClient client, PullSubscription<JsonValue> subscription, int n) throws Exception {
        awaitHeldConnect();
        server().publish("/foo", Integer.toString(n));
        assertNext(subscription, Integer.toString(n));
        assertTrue(client.isReady(), () -> client.state().toString());
    }

    @Test
    @Tag("C-21")
    void oneThatThrowsIsToldOfAndEverythingGoesOn() throws Exception {
        ClientWatching throwing = new ClientWatching("throwing");
        throwing.incoming = message -> {
            throw new AssertionError("of the program");
        };
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(throwing));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.publish("/bar", 1);
        assertWorks(client, subscription, 1);
        ClientEvent.ExtensionFailed event = bench().events.take(ClientEvent.ExtensionFailed.class);
        assertEquals("throwing", event.extension());
        assertInstanceOf(AssertionError.class, event.cause());
    }

    @Test
    @Tag("C-21")
    void whatLacksSomethingDoesNotLeaveButTheHeartbeatGoesOn() throws Exception {
        IllegalStateException noKey = new IllegalStateException("no key");
        ClientWatching throwing = new ClientWatching("throwing");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(throwing));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        throwing.outgoing = message -> {
            throw noKey;
        };
        PublishException failure = bench().run(() -> client.publish("/bar", 1)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertSame(noKey, assertInstanceOf(HeldBackException.class, failure.getCause()).getCause());
        assertEquals(0, count("/bar"));
        assertWorks(client, subscription, 1);
        server().expireSessions();
        bench().events.take(ClientEvent.SessionRenewed.class);
        awaitHeldConnect();
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-21")
    void oneThatStallsIsLeftOut() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        ClientWatching stalling = new ClientWatching("stalling");
        ClientWatching other = new ClientWatching("other");
        BayeuxClient client = bench().connectAndSettle(
                bench().builder().addExtension(stalling).addExtension(other).replyTimeout(ClientBench.SHORT));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        stalling.incoming = message -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
                interrupted.complete(true);
            }
            return null;
        };
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        ClientEvent.ExtensionFailed event = bench().events.take(ClientEvent.ExtensionFailed.class);
        assertEquals("stalling", event.extension());
        assertInstanceOf(TimeoutException.class, event.cause());
        assertTrue(bench().await(interrupted));
        client.publish("/bar", 1);
        assertEquals(List.of("other"), List.copyOf(take("/bar").json().getJsonObject("ext").keySet()));
        assertWorks(client, subscription, 2);
    }

    @Test
    void oneThatReturnsSomethingElseHasFailed() throws Exception {
        ClientWatching confused = new ClientWatching("confused");
        confused.incoming = message -> message.isMeta() ? message : SampleMessage.incoming("{\"channel\":\"/other\"}");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(confused));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        assertWorks(client, subscription, 1);
        assertInstanceOf(IllegalStateException.class,
                bench().events.take(ClientEvent.ExtensionFailed.class).cause());
        confused.outgoing = message -> message.isMeta() ? message : confused.sent.getFirst();
        assertEquals(Outcome.NOT_SENT, bench().run(() -> client.publish("/bar", 1)).failure(PublishException.class)
                .outcome());
    }

    @Test
    void whatTheProtocolSaysCannotBeSaidByOthers() throws Exception {
        ClientWatching meddling = new ClientWatching("meddling");
        meddling.outgoing = message -> {
            for (String field : List.of("id", "clientId", "channel", "data", "ext", "version", "advice")) {
                if (message.channel().equals(CONNECT)) {
                    try {
                        message.withField(field, Json.createValue("x"));
                        throw new AssertionError(field);
                    } catch (IllegalArgumentException refused) {
                        meddling.seen.add("refused");
                    }
                }
            }
            return message;
        };
        bench().connectAndSettle(bench().builder().addExtension(meddling));
        assertEquals(14, meddling.count("refused"));
    }

    @Test
    void oneMayEndTheSession() throws Exception {
        ClientWatching ending = new ClientWatching("ending");
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().addExtension(ending).closeTimeout(Duration.ofHours(1)));
        ending.outgoing = message -> {
            if (!message.isMeta()) {
                client.disconnect();
            }
            return message;
        };
        bench().run(() -> {
            try {
                client.publish("/foo", 1);
            } catch (PublishException perhaps) {
                // It is on its way while the session ends.
            }
        }).result();
        await(client, state -> state.isDisconnected());
        assertEquals(List.of(), bench().events.all(ClientEvent.ExtensionFailed.class));
    }

    @Test
    void whatARequiredExtensionFailsAtIsNotReceived() throws Exception {
        ClientWatching verifier = ClientWatching.required("verifier");
        verifier.incoming = message -> {
            if (message.text().filter("1"::equals).isPresent()) {
                throw new IllegalStateException("not signed");
            }
            return message;
        };
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(verifier));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().publish("/foo", "1");
        assertWorks(client, subscription, 2);
        ClientEvent.ExtensionFailed event = bench().events.take(ClientEvent.ExtensionFailed.class);
        assertEquals("verifier", event.extension());
    }

    @Test
    void nothingLeavesWithoutARequiredExtensionThatWasSlow() throws Exception {
        ClientWatching signer = ClientWatching.required("signer");
        AtomicBoolean slow = new AtomicBoolean();
        signer.outgoing = message -> {
            if (slow.getAndSet(false)) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException givenUp) {
                    Thread.currentThread().interrupt();
                }
            }
            return message;
        };
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().addExtension(signer).replyTimeout(ClientBench.SHORT));
        slow.set(true);
        PublishException failure = bench().run(() -> client.publish("/bar", 0)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertInstanceOf(TimeoutException.class,
                assertInstanceOf(HeldBackException.class, failure.getCause()).getCause());
        int sent = 0;
        while (sent == 0) {
            // Its abandoned call may not have returned yet.
            sent += bench().call(() -> isSent(client)).result() ? 1 : 0;
        }
        server().messages("/bar").forEach(
                message -> assertTrue(message.json().getJsonObject("ext").containsKey("signer"), message::toString));
    }

    private static boolean isSent(BayeuxClient client) throws InterruptedException {
        try {
            client.publish("/bar", 1);
            return true;
        } catch (PublishException held) {
            assertEquals(Outcome.NOT_SENT, held.outcome());
            return false;
        }
    }

    @Test
    @Tag("C-21")
    void aHandshakeThatARequiredExtensionFailsAtIsMadeAgain() throws Exception {
        ClientWatching signer = ClientWatching.required("signer");
        AtomicInteger failures = new AtomicInteger(2);
        signer.outgoing = message -> {
            if (message.channel().equals(HANDSHAKE) && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("no key yet");
            }
            return message;
        };
        bench().connectAndSettle(bench().builder().addExtension(signer));
        assertEquals(1, count(HANDSHAKE));
        assertTrue(take(HANDSHAKE).json().getJsonObject("ext").containsKey("signer"));
    }
}
