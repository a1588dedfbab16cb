package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.LOST;
import static dev.bayeux.core.protocol.PlayedServer.no;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch that no transport has had yet, as while an extension sees it: nothing of it was sent, whatever ends meanwhile. */
@Tag("C-47")
class UnsentBatchTest {

    private static final TransportException ABANDONED = new TransportException(Problem.CLOSED, "Abandoned.", null);

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private Exchange publishing(Request... out) {
        server.keepsBack();
        server.happens(new Input.Submit(List.of(out)));
        server.clear();
        return server.batch();
    }

    private static Request publish(String channel) {
        return Request.ofData(Request.Kind.PUBLISH, channel, "1");
    }

    private void newSession() {
        server.answer(server.connect(), no(server.connect().requests().getFirst(), "402::session_unknown").replace("}",
                ",'advice':{'reconnect':'handshake'}}"));
        server.handshook();
    }

    @Test
    void leavesInTheNextSession() {
        Request first = publish("/x");
        Request second = publish("/y");
        Exchange batch = publishing(first, second);
        newSession();
        assertFalse(server.leaves(batch));
        assertEquals(List.of("handshake", "subscribe /a {}", "publish /x", "publish /y"), server.sent());
        server.accept();
        assertTrue(server.replied(first) && server.replied(second));
    }

    @Test
    void leavesInTheNextSessionBeforeLaterRequests() {
        publishing(publish("/x"));
        server.publish("/y");
        newSession();
        assertEquals(List.of("handshake", "subscribe /a {}", "publish /x", "publish /y"), server.sent());
    }

    @Test
    void isUnknownOnceTheTransportHasIt() {
        Request request = publish("/x");
        assertTrue(server.leaves(publishing(request)));
        server.lose(server.batch());
        assertEquals(Outcome.UNKNOWN, server.failureOf(request).outcome());
    }

    @Test
    void isNotSentIfTheClientEnds() {
        Request request = publish("/x");
        Exchange batch = publishing(request);
        server.happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(request).outcome());
        assertFalse(server.leaves(batch));
    }

    @Test
    void isNotSentIfItsThreadIsInterrupted() {
        Request request = publish("/x");
        server.lose(publishing(request), ABANDONED);
        assertEquals(Outcome.NOT_SENT, server.failureOf(request).outcome());
    }

    @Test
    void leavesOverTheNextSocketIfItsSocketEnds() {
        Request request = publish("/x");
        Exchange batch = publishing(request);
        server.happens(new Input.ConnectionEnded(batch.connection(), LOST));
        assertFalse(server.has(Effect.Wake.class) && batch.lost() != null);
        assertTrue(server.leaves(batch));
        server.happens(new Input.Written(batch)).push(PlayedServer.yes(request));
        assertTrue(server.replied(request));
    }

    @Test
    void leavesOverTheConnectionThatReplacesItsOwn() {
        server.happens(new Input.Written(server.connect()));
        Request request = publish("/x");
        Exchange batch = publishing(request);
        server.happens(new Input.CheckConnection());
        assertFalse(server.leaves(batch));
        assertFalse(server.isOver(request));
        assertTrue(server.sent().contains("publish /x"));
        assertTrue(server.batch().connection() > batch.connection());
    }

    @Test
    void leavesInTheNextSessionIfItsCredentialsWereRefused() {
        Request request = publish("/x");
        Exchange batch = publishing(request);
        assertTrue(server.leaves(batch));
        server.happens(new Input.Unauthorized(batch));
        newSession();
        assertFalse(server.isOver(request));
        assertTrue(server.sent().contains("publish /x"));
    }

    @Test
    void isNotSentTwiceIfItHasLeft() {
        Request request = publish("/x");
        assertTrue(server.leaves(publishing(request)));
        server.happens(new Input.Suspend());
        assertFalse(server.sent().contains("publish /x"));
    }
}
