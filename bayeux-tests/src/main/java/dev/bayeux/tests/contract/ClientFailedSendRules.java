package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program learns of messages that did not get through, and that they are never sent again (protocol.md 4.6). */
@Tag("C-58")
abstract class ClientFailedSendRules extends ClientRules {

    @Test
    @Tag("C-58")
    void aLostAnswerLeavesTheOutcomeUnknown() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle();
        List<Answer> lost = List.of(Answer.drop(), Answer.status(500), Answer.status(503), Answer.status(408),
                Answer.html("<p>Login</p>"), Answer.status(200), Answer.json("[{\"channel\":\"/f"));
        for (Answer answer : lost) {
            Case.of("answer %d of %d".formatted(lost.indexOf(answer) + 1, lost.size()), () -> {
                server().next("/foo").answer(answer);
                PublishException failure = failedPublish(client);
                assertEquals(Outcome.UNKNOWN, failure.outcome(), failure::toString);
                assertEquals("/foo", failure.channel());
            });
        }
        assertSentOnce(client, lost.size());
    }

    @Test
    @Tag("C-53")
    @Tag("C-58")
    void acceptedMessagesHaveArrivedThoughPartOfABatchIsLost() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String text = "x".repeat(1000);
        server().next("/foo/10").answer(Answer.drop());
        BatchException failure = bench().run(() -> client.batch(batch -> {
            for (int n = 0; n < 20; n++) {
                batch.publish("/foo/" + n, text);
            }
        })).failure(BatchException.class);
        assertEquals(Outcome.UNKNOWN, failed(failure, 10).outcome());
        for (int n = 0; n < 20; n++) {
            assertTrue(failure.failures().containsKey(n) || count("/foo/" + n) == 1, n + " of " + failure);
        }
    }

    @Test
    @Tag("C-58")
    void withoutAConnectionNothingWasSent() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        bench().peer.goDown();
        await(client, ConnectionStatus.RECONNECTING);
        PublishException failure = failedPublish(client);
        // A transport may learn late that a connection is lost; the outcome is unknown then.
        if (failure.outcome() == Outcome.UNKNOWN) {
            failure = failedPublish(client);
        }
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        bench().peer.comeBack();
        assertSentOnce(client, 0);
    }

    @Test
    @Tag("C-56")
    void aMessageUnderWayIsNotSentAgainAfterARestart() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        bench().await(reply);
        server().restart();
        assertEquals(Outcome.UNKNOWN, publishing.failure(PublishException.class).outcome());
        take(HANDSHAKE, 2);
        awaitReady(client);
        client.publish("/bar", 2);
        assertEquals(1, count("/foo"));
    }

    @Test
    @Tag("C-85")
    @Tag("C-99")
    @Tag("C-101")
    void anAnswerThatComesTooLateIsNotWaitedFor() throws Exception {
        needsRequests("nothing is aborted for one message");
        // Everything else has to be answered within this limit, on a busy machine as well.
        BayeuxClient client = bench().connectAndSettle(bench().builder().replyTimeout(Duration.ofSeconds(2)));
        int handshakes = count(HANDSHAKE);
        var subscription = client.subscribe("/foo");
        CompletableFuture<Held> reply = bench().holdReply("/foo");
        assertEquals(Outcome.UNKNOWN, failedPublish(client).outcome());
        ReceivedRequest request = bench().peer.requests().get(take("/foo").request() - 1);
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience));
        bench().await(reply).release();
        // The messages of the late answer are lost, and the session continues.
        server().publish("/foo", "2");
        assertNext(subscription, "2");
        assertSentOnce(client, 1, handshakes);
    }

    @Test
    @Tag("C-53")
    void publishesThatTheServerFindsTooLongTogetherAreSentInParts() throws Exception {
        needsHeadersAndStatuses();
        BayeuxClient client = bench().connectAndSettle();
        List<Integer> refused = new CopyOnWriteArrayList<>();
        server().gate(request -> {
            int length = request.json().toString().length();
            if (length <= 1000) {
                return null;
            }
            refused.add(length);
            return request.isSocketMessage() ? Answer.frames(Frame.close(1009, "")) : Answer.status(413);
        });
        bench().run(() -> client.batch(batch -> {
            for (int n = 0; n < 50; n++) {
                batch.publish("/foo", n);
            }
        })).result();
        assertTrue(!refused.isEmpty());
        assertEquals(IntStream.range(0, 50).mapToObj(Integer::toString).toList(), server().messages("/foo").stream()
                .map(message -> String.valueOf(message.json().get("data"))).toList());
    }

    private static PublishException failed(BatchException failure, int message) {
        return Objects.requireNonNull(failure.failures().get(message), () -> message + " of " + failure);
    }
}
