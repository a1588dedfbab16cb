package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine makes of messages that did not get through, over whatever transport (protocol.md 4.6). */
@Tag("C-58")
abstract class ClientOutcomeRules extends ClientRules {

    @Test
    @Tag("C-58")
    void anAnswerThatIsNotProcessedIsARefusal() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle();
        for (int status : List.of(400, 404, 413, 429, 302)) {
            server().next("/foo").answer(Answer.status(status));
            PublishException failure = failedPublish(client);
            assertEquals(Outcome.REFUSED, failure.outcome(), failure::toString);
            TransportException cause = assertInstanceOf(TransportException.class, failure.getCause());
            assertEquals(status, cause.status().orElseThrow());
        }
        assertSentOnce(client, 5);
    }

    @Test
    @Tag("C-53")
    void aRequestThatIsTooLargeIsNotRepeated() throws Exception {
        needsHeadersAndStatuses();
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").answer(Answer.status(413));
        PublishException failure = failedPublish(client);
        assertTrue(failure.getMessage().contains("413"), failure::getMessage);
        assertSentOnce(client, 1);
    }

    @Test
    @Tag("C-54")
    void eachMessageOfAFailedRequestFails() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").answer(Answer.drop());
        BatchException failure = bench().run(() -> client.batch(batch -> {
            batch.publish("/bar", 0);
            batch.publish("/foo", 1);
            batch.publish("/bar", 2);
        })).failure(BatchException.class);
        assertEquals(Set.of(0, 1, 2), failure.failures().keySet());
        failure.failures().values().forEach(each -> assertEquals(Outcome.UNKNOWN, each.outcome()));
        assertEquals("/bar", failed(failure, 2).channel());
        assertEquals(failed(failure, 0).getCause(), failed(failure, 2).getCause());
        assertSentOnce(client, 1);
    }

    @Test
    @Tag("C-54")
    void anAnswerThatIsCutShortFailsWhatItLacks() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").answer(Answer.json("[{\"channel\":\"/foo\",\"id\":\"1\",\"successful\":true},{\"chan"));
        BatchException failure = bench().run(() -> client.batch(batch -> {
            batch.publish("/foo", 0);
            batch.publish("/foo", 1);
        })).failure(BatchException.class);
        assertEquals(Outcome.UNKNOWN, failed(failure, 1).outcome());
        assertSentOnce(client, 2);
    }

    @Test
    @Tag("C-56")
    void aMessageUnderWayIsNotSentAgainInTheNextSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        bench().await(reply);
        server().expireSessions();
        assertEquals(Outcome.UNKNOWN, publishing.failure(PublishException.class).outcome());
        take(CONNECT, 4);
        await(client, ConnectionStatus.CONNECTED);
        client.publish("/bar", 2);
        assertEquals(1, count("/foo"));
    }

    private static PublishException failed(BatchException failure, int message) {
        return Objects.requireNonNull(failure.failures().get(message), () -> message + " of " + failure);
    }
}
