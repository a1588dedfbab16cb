package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Limits;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Reply;
import jakarta.json.JsonValue;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client makes of HTTP (protocol.md 4.12). */
abstract class ClientHttpRules extends ClientRules {

    private static final int MOST_BYTES = 5000;

    @Test
    @Tag("C-108")
    void aReplyThatIsTooLargeIsReportedAndTheSessionContinues() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxReplyBytes(MOST_BYTES)));
        String clientId = client.clientId().orElseThrow();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().publish("/foo", "\"%s\"".formatted("x".repeat(MOST_BYTES)));
        TransportException failure = assertInstanceOf(TransportException.class,
                bench().events.take(ClientEvent.AttemptFailed.class).cause());
        assertEquals(Problem.TOO_LARGE, failure.problem());
        assertTrue(failure.getMessage().contains("maxReplyBytes"), failure::getMessage);
        await(client, ConnectionStatus.CONNECTED);
        awaitHeldConnect();
        server().publish("/foo", "2");
        assertNext(subscription, "2");
        assertEquals(clientId, client.clientId().orElseThrow());
        PublishException lost = bench().run(() -> client.publish("/foo", "x".repeat(MOST_BYTES)))
                .failure(PublishException.class);
        assertEquals(Outcome.UNKNOWN, lost.outcome());
    }

    @Test
    @Tag("C-108")
    void largeMessagesGetThrough() throws Exception {
        needsBodies();
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String large = "ü".repeat(500_000);
        client.publish("/foo", large);
        assertEquals(large.length() + 2, next(subscription).length());
    }

    @Test
    @Tag("C-107")
    void anyFramingOfRepliesWillDo() throws Exception {
        needsRequests("a message of it has no HTTP status");
        // A connection that is closed without having said so may fail the next request: no transport can know.
        Set<Reply.Framing> fair = EnumSet.complementOf(EnumSet.of(Reply.Framing.LENGTH_THEN_CLOSED));
        for (Reply.Framing framing : fair) {
            Case.of(framing.toString(), () -> {
                server().next(HANDSHAKE).change(reply -> reply.framed(framing));
                server().next(CONNECT).change(reply -> reply.framed(framing)).change(reply -> reply.framed(framing));
                BayeuxClient client = bench().connectAndSettle();
                server().next("/foo").change(reply -> reply.framed(framing));
                client.publish("/foo", 1);
                server().answerHeldConnects("{}");
                client.publish("/foo", 2);
                client.close();
            });
        }
        assertEquals(fair.size(), count(HANDSHAKE));
    }
}
