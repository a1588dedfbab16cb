package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What follows when the connection may be dead without a sign of it. */
class ConnectionCheckTest {

    private static final ConnectionCheckWanted CHECK = new ConnectionCheckWanted();

    private final TestClient client = TestClient.connected();

    @Test
    @Tag("C-16")
    void theSameSessionIsAskedForAtOnce() {
        String before = client.state().outstanding();
        client.happens(CHECK).is(RECONNECTING, "RenewConnections", "SendConnect").connects(true);
        assertEquals("s1", client.action(SendConnect.class).clientId());
        client.happens(Reply.yes().toConnect(before, 0)).is(RECONNECTING);
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect").connects(false);
    }

    @Test
    void itIsNoFailure() {
        client.happens(CHECK);
        assertEquals(0, client.state().failures());
    }

    @Test
    void theBackoffIsCutShort() {
        client.lost().is(RECONNECTING, "ReportFailure").happens(CHECK)
                .is(RECONNECTING, "RenewConnections", "SendConnect");
    }

    @Test
    @Tag("C-19")
    void aWaitThatTheServerAskedForIsNotShortened() {
        client.connectAnswered(Reply.yes().interval(5000)).happens(CHECK).is(CONNECTED, "RenewConnections")
                .waits(Duration.ofSeconds(5));
    }

    @Test
    @Tag("C-105")
    void neitherIsRetryAfter() {
        client.lost(TransportException.ofStatus(503, Duration.ofSeconds(20), "busy")).happens(CHECK)
                .waits(Duration.ofSeconds(20));
    }

    @Test
    void ofIntervalAndBackoffTheIntervalIsLeft() {
        client.connectAnswered(Reply.yes().interval(3000)).wakes().lost().waits(Duration.ofSeconds(4)).happens(CHECK)
                .waits(Duration.ofSeconds(3)).wakes().is(RECONNECTING, "SendConnect");
    }

    @Test
    void aHandshakeIsSentAgain() {
        TestClient first = TestClient.handshaking(TestClient.SETTINGS).happens(CHECK)
                .is(HANDSHAKING, "RenewConnections", "SendHandshake");
        first.lost().after(Duration.ofSeconds(1)).happens(CHECK).is(REHANDSHAKING);
    }

    @Test
    void theWaitForAHandshakeEnds() {
        TestClient.handshaking(TestClient.SETTINGS).lost().happens(CHECK)
                .is(REHANDSHAKING, "RenewConnections", "SendHandshake");
    }

    @Test
    @Tag("C-23")
    void manyInARowAreOne() {
        client.happens(CHECK);
        for (int n = 0; n < 9; n++) {
            client.after(Duration.ofMillis(100)).happens(CHECK).is(RECONNECTING);
        }
        client.connectAnswered(Reply.yes()).happens(CHECK).is(CONNECTED);
        client.after(Duration.ofMillis(100)).happens(CHECK).is(RECONNECTING, "RenewConnections", "SendConnect");
    }

    @Test
    void restoringRequestsHaveASeparateLimit() {
        TestClient restoring = TestClient.restoring(TestClient.SETTINGS);
        SessionState before = restoring.state();
        assertEquals(before, restoring.happens(CHECK).state());
    }

    @Test
    void twoChecksOfAHandshakeAtOnceAreOne() {
        TestClient first = TestClient.handshaking(TestClient.SETTINGS).happens(CHECK);
        SessionState before = first.state();
        assertEquals(before, first.happens(CHECK).is(HANDSHAKING).state());
    }
}
