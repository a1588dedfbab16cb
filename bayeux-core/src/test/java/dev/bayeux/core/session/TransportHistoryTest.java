package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.session.TransportHistory.Use;
import org.junit.jupiter.api.Test;

class TransportHistoryTest {

    private static final Use FIRST = new Use(0, "websocket");
    private static final Use SECOND = new Use(1, "websocket");

    @Test
    void aFailureCountsForItsServerOnly() {
        TransportHistory history = TransportHistory.NONE.failed(FIRST, true).failed(SECOND, true).failed(FIRST, true)
                .failed(SECOND, false);
        assertEquals(2, history.invalidReplies(FIRST));
        assertEquals(0, history.invalidReplies(SECOND));
    }

    @Test
    void aConnectEndsTheFailuresOfItsServerAndProvesTheTransport() {
        TransportHistory failed = TransportHistory.NONE.failed(FIRST, true).failed(SECOND, true);
        TransportHistory connected = failed.connected(FIRST);
        assertTrue(connected.isProven("websocket"));
        assertEquals(0, connected.invalidReplies(FIRST));
        assertEquals(1, connected.invalidReplies(SECOND), "the other server has proven nothing");
        assertSame(connected, connected.connected(FIRST), "nothing is allocated for nearly all connects");
        assertEquals(0, connected.connected(SECOND).invalidReplies(SECOND));
    }

    @Test
    void aTransportIsUselessWithItsServerOnly() {
        TransportHistory history = TransportHistory.NONE.withExcluded(FIRST, 100);
        assertTrue(history.hasExcluded(0));
        assertFalse(history.hasExcluded(1));
        assertFalse(history.readmitting(0).hasExcluded(0));
        assertTrue(history.readmitting(1).hasExcluded(0));
    }

    @Test
    void sentRequestsFailWithTheLostResponseAsTheirCause() {
        TransportException lost = new TransportException(Problem.LOST, "reset", null);
        TestClient client = TestClient.connected().happens(new SessionEvent.DeliveriesMissed(lost));
        assertSame(lost, client.action(SessionAction.FailSent.class).cause().getCause());
    }

    @Test
    void callersLearnTheReasonOfAnEndOnce() {
        DisconnectedException reason = new DisconnectedException(FailureKind.TRANSIENT, "over", null);
        assertSame(reason, Ending.because(reason));
        assertEquals("The client is disconnected.", Ending.because(null).getMessage());
    }
}
