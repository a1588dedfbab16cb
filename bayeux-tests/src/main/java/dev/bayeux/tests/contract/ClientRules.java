package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules of the client's contract about one subject. After each test no thread and no connection may remain. */
@ExtendWith(NothingLeft.class)
abstract class ClientRules {

    static final String HANDSHAKE = "/meta/handshake";
    static final String CONNECT = "/meta/connect";
    static final String SUBSCRIBE = "/meta/subscribe";
    static final String UNSUBSCRIBE = "/meta/unsubscribe";
    static final String DISCONNECT = "/meta/disconnect";

    /** An interval after which nothing comes within a test. */
    static final String NEVER = "86400000";

    private ClientBench bench;

    ClientRules() {
    }

    /** The contract these rules are part of. */
    abstract ClientContract contract();

    @BeforeEach
    final void setUp() {
        bench = new ClientBench(contract());
    }

    @AfterEach
    final void tearDown() throws InterruptedException {
        bench.close();
    }

    final ClientBench bench() {
        return bench;
    }

    final ScriptedBayeux server() {
        return bench.server;
    }

    /** Skips the test for transports that use no HTTP. */
    final void needsHttp(String why) {
        Assumptions.assumeTrue(contract().http(), () -> "not for a transport without HTTP: " + why);
    }

    /** Skips the test for carriers that bring nothing but messages. */
    final void needsHeadersAndStatuses() {
        Assumptions.assumeTrue(contract().headersAndStatuses(), "not for a carrier without headers and statuses");
    }

    /** Skips the test for full-duplex transports. */
    final void needsRequests(String why) {
        Assumptions.assumeFalse(contract().fullDuplex(),
                () -> "not for a transport without requests and responses: " + why);
    }

    /** Skips the test for transports whose batches are part of an address. */
    final void needsBodies() {
        Assumptions.assumeTrue(contract().posts(), "not for callback-polling, whose requests have no body");
    }

    /** Publishes to {@code /foo}, which must fail. */
    final PublishException failedPublish(BayeuxClient client) throws InterruptedException {
        return bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
    }

    /** Waits for the next message of a channel at the server. */
    final ReceivedMessage take(String channel) throws InterruptedException {
        return server().takeMessage(channel, bench.patience);
    }

    /** Waits for the messages of a channel at the server up to this number, counted from 1, and gives the last. */
    final ReceivedMessage take(String channel, int number) throws InterruptedException {
        while (server().messages(channel).size() < number) {
            take(channel);
        }
        return server().messages(channel).get(number - 1);
    }

    final int count(String channel) {
        return server().messages(channel).size();
    }

    /** The channels of all messages so far. */
    final List<String> channels() {
        return server().messages().stream().map(ReceivedMessage::channel).toList();
    }

    final void awaitHeldConnect() throws InterruptedException {
        server().awaitHeldConnects(1, bench.patience);
    }

    final ClientState await(BayeuxClient client, ConnectionStatus status) throws InterruptedException {
        return await(client, state -> state.status() == status);
    }

    final ClientState await(BayeuxClient client, Predicate<ClientState> condition) throws InterruptedException {
        return client.awaitState(condition, bench.patience).orElseThrow(
                () -> new AssertionError("The state is still %s after %s".formatted(client.state(), bench.patience)));
    }

    final void awaitReady(BayeuxClient client) throws InterruptedException {
        assertTrue(client.awaitReady(bench.patience), () -> "not ready: %s".formatted(client.state()));
    }

    /** Takes the next message as JSON text. */
    final String next(PullSubscription<?> subscription) throws InterruptedException {
        return subscription.poll(bench.patience)
                .orElseThrow(() -> new AssertionError("No message within %s".formatted(bench.patience))).text();
    }

    /** Takes as many messages as are expected here. */
    final void assertNext(PullSubscription<?> subscription, String... texts) throws InterruptedException {
        for (String text : texts) {
            assertEquals(text, next(subscription));
        }
    }

    /** The patch that a reply of the server gets to refuse. */
    static String refusal(String error, String advice) {
        return "{\"successful\":false,\"clientId\":null,\"error\":\"%s\",\"advice\":%s}".formatted(error, advice);
    }

    /** The session continues, and nothing is sent again. */
    final void assertSentOnce(BayeuxClient client, int times) throws InterruptedException {
        assertSentOnce(client, times, 1);
    }

    final void assertSentOnce(BayeuxClient client, int times, int handshakes) throws InterruptedException {
        awaitHeldConnect();
        await(client, ConnectionStatus.CONNECTED);
        client.publish("/bar", 1);
        assertEquals(times, count("/foo"));
        assertEquals(handshakes, count(HANDSHAKE));
    }
}
