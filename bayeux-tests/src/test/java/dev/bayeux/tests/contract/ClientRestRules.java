package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent.SessionRenewed;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.PublishException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What suspending a client and checking its connection mean for its session, over whatever transport. */
abstract class ClientRestRules extends ClientRules {

    @Test
    void aSessionThatIsGoneIsReplacedWithAllSubscriptions() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.suspend();
        server().expireSessions();
        client.resume();
        bench().events.take(SessionRenewed.class);
        awaitReady(client);
        server().publish("/foo", "1");
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-35/T19")
    void whatIsPublishedMeanwhileWaits() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.suspend();
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        client.resume();
        publishing.result();
        assertEquals(1, count("/foo"));
    }

    @Test
    void whatWaitsTooLongWasNotSent() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().sendTimeout(ClientBench.SHORT));
        client.suspend();
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(PublishException.Outcome.NOT_SENT, failure.outcome());
        assertEquals(0, count("/foo"));
    }

    @Test
    void subscriptionsOfTheMeantimeAreMadeInTheSameSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        Subscription gone = client.subscribe("/gone");
        client.suspend();
        ClientCall<PullSubscription<JsonValue>> subscribing = bench().call(() -> client.subscribe("/foo"));
        gone.close();
        client.resume();
        PullSubscription<JsonValue> subscription = subscribing.result();
        take(UNSUBSCRIBE);
        awaitReady(client);
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        assertEquals(List.of("/gone", "/foo"),
                server().messages(SUBSCRIBE).stream().map(message -> message.text("subscription")).toList());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    void connectResumesAndWaits() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.suspend();
        client.connect();
        assertTrue(client.state().isConnected());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-90")
    void disconnectIsPolite() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.suspend();
        client.disconnect();
        assertEquals(1, count(DISCONNECT));
        assertTrue(client.state().isDisconnected());
    }

    @Test
    void withoutASessionNothingHappens() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        client.suspend();
        client.resume();
        client.checkConnection();
        assertTrue(client.state().isDisconnected());
        client.close();
        client.suspend();
        client.resume();
        assertEquals(0, bench().peer.requestCount());
    }

    @Test
    void aCheckEndsTheWaitForTheNextAttempt() throws Exception {
        Duration beyond = bench().patience.multipliedBy(10);
        BayeuxClient client = bench().connectAndSettle(bench().builder().backoff(Backoff.of(beyond, beyond)));
        bench().peer.goDown();
        await(client, state -> state.nextAttempt().isPresent());
        bench().peer.comeBack();
        client.checkConnection();
        await(client, ConnectionStatus.CONNECTED);
    }
}
