package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is published together over callback-polling, which has room for little at once. */
@Tag("transport:jdk-callback-polling")
@ExtendWith(NothingLeft.class)
class CallbackBatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 30;

    private final ScriptedBayeux server = ScriptedBayeux.start();
    private BayeuxClient client;

    private void connect(UnaryOperator<ClientBuilder> more) throws InterruptedException {
        client = more.apply(BayeuxClient.builder(server.uri()).transports(new JdkCallbackPollingProvider())
                .replyTimeout(LIMIT).sendTimeout(LIMIT).connectCallTimeout(LIMIT)
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).onEvent(event -> {
                    // Only prevents the log: the test reads the state.
                })).connect();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Publishes numbers, one of them with more than fits into any address. */
    private void publish(int tooLong) throws InterruptedException {
        client.batch(batch -> IntStream.range(0, MESSAGES)
                .forEach(n -> batch.publish("/foo", n == tooLong ? n + "x".repeat(3000) : "%d%%".formatted(n))));
    }

    private void assertArrived(int except) {
        assertEquals(
                IntStream.range(0, MESSAGES).filter(n -> n != except).mapToObj("\"%d%%\""::formatted).toList(),
                server.messages("/foo").stream().map(ReceivedMessage::json)
                        .map(message -> message.get("data").toString()).toList());
    }

    @Test
    @Tag("C-50")
    @Tag("C-53")
    void aLongBatchLeavesInSeveralRequestsInItsOrder() throws Exception {
        connect(settings -> settings);
        int before = server.peer().requests().size();
        publish(-1);
        assertArrived(-1);
        assertTrue(server.peer().requests().size() - before > 3);
    }

    @Test
    @Tag("C-53")
    void aMessageThatDoesNotFitFailsAloneAndTheOthersArrive() throws Exception {
        connect(settings -> settings);
        BatchException failure = assertThrows(BatchException.class, () -> publish(7));
        assertEquals(Set.of(7), failure.failures().keySet());
        assertEquals(Outcome.NOT_SENT, failure.failures().get(7).outcome());
        assertEquals(FailureKind.PERMANENT, failure.failures().get(7).kind());
        assertArrived(7);
    }

    @Test
    @Tag("C-53")
    void anOutboxFailsOnlyTheMessageThatDoesNotFit() throws Exception {
        connect(settings -> settings.outbox(OutboxLimits.DEFAULT));
        Outbox outbox = client.outbox();
        List<? extends CompletableFuture<?>> all = IntStream.range(0, MESSAGES)
                .mapToObj(n -> outbox.publish("/foo", n == 7 ? "x".repeat(3000) : "%d%%".formatted(n))).toList();
        ExecutionException failure = assertThrows(ExecutionException.class,
                () -> all.get(7).get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        assertEquals(Outcome.NOT_SENT, assertInstanceOf(PublishException.class, failure.getCause()).outcome());
        assertTrue(client.drain(LIMIT));
        assertArrived(7);
    }

    @Test
    @Tag("C-53")
    void aBatchThatExtensionsMakeTooLongLeavesInParts() throws Exception {
        connect(settings -> settings.addExtension(new Extension() {

            @Override
            public BayeuxMessage outgoing(BayeuxMessage message) {
                return message.isMeta()
                        ? message
                        : message.withExt("note", Json.createValue("\u20ac".repeat(100)));
            }
        }));
        publish(-1);
        assertArrived(-1);
    }

    @Test
    @Tag("C-56")
    void onlyTheRequestWhoseCredentialsAreRefusedIsSentOnceMore() throws Exception {
        connect(settings -> settings.credentials(refused -> Credentials.bearer("any")));
        server.next("/foo/20").answer(Answer.status(401));
        client.batch(batch -> IntStream.range(0, MESSAGES).forEach(n -> batch.publish("/foo/" + n, n)));
        assertEquals(1, server.messages("/foo/0").size());
        assertEquals(2, server.messages("/foo/20").size());
        assertEquals(1, server.messages("/foo/29").size());
    }
}
