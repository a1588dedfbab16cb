package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.SUSPENDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import dev.bayeux.core.session.SessionState.Gate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens while the program wants a session, but nothing of the network. */
class SuspendingTest {

    private static final SuspendWanted SUSPEND = new SuspendWanted();
    private static final ResumeWanted RESUME = new ResumeWanted();
    private static final Reply UNKNOWN = Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE);

    private final TestClient client = TestClient.connected().happens(SUSPEND);

    @Test
    void nothingIsAwaitedAndTimeChangesNothing() {
        client.is(SUSPENDED, "RenewConnections");
        assertNull(client.state().outstanding());
        assertEquals(Long.MAX_VALUE, client.state().wakeAtNs());
        assertEquals(Gate.HOLD, client.state().gate());
        assertEquals(Optional.empty(), client.state().nextAttemptNs());
        assertFalse(client.state().isOver());
    }

    @Test
    void theSessionIsRemembered() {
        assertEquals(Optional.of("s1"), client.state().clientId());
        assertTrue(client.state().isSuspendedInSession());
        assertFalse(TestClient.handshaking(TestClient.SETTINGS).happens(SUSPEND).state().isSuspendedInSession());
    }

    @Test
    void theSameSessionContinues() {
        client.after(Duration.ofMinutes(5)).happens(RESUME).is(RECONNECTING, "SendConnect").connects(true);
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    void aSessionThatTheServerHasForgottenIsReplaced() {
        client.happens(RESUME).connectAnswered(UNKNOWN).is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
    }

    @Test
    void aSessionThatMustHaveExpiredIsNotAskedFor() {
        TestClient known = TestClient.connected()
                .connectAnswered(Reply.yes().timeout(30_000).maxInterval(10_000)).happens(SUSPEND);
        known.after(Duration.ofSeconds(41)).happens(RESUME).is(REHANDSHAKING, "FailSent", "SendHandshake");
    }

    @Test
    void theTimeWithoutAConnectCounts() {
        TestClient known = TestClient.connected()
                .connectAnswered(Reply.yes().timeout(30_000).maxInterval(10_000)).happens(SUSPEND);
        known.after(Duration.ofSeconds(39)).happens(RESUME).is(RECONNECTING, "SendConnect")
                .after(Duration.ofSeconds(2)).lost().is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
    }

    @Test
    void connectResumes() {
        client.happens(new ConnectWanted()).is(RECONNECTING, "SendConnect");
    }

    @Test
    void anAttemptIsTakenUpAgain() {
        TestClient.handshaking(TestClient.SETTINGS).lost().happens(SUSPEND).is(SUSPENDED, "RenewConnections")
                .happens(RESUME).is(REHANDSHAKING, "SendHandshake");
    }

    @Test
    void subscriptionsThatWereBeingRestoredAreAskedForAgain() {
        TestClient restoring = TestClient.restoring(TestClient.SETTINGS).happens(SUSPEND).restored().is(SUSPENDED);
        restoring.happens(RESUME).is(HANDSHAKEN, "Restore").restored().is(CONNECTING, "SendConnect");
    }

    @Test
    void toSuspendAndResumeAgainAndAgainIsNoStormOfHandshakes() {
        TestClient hectic = TestClient.handshaking(TestClient.SETTINGS);
        for (int n = 0; n < RequestBudget.HANDSHAKES; n++) {
            hectic.happens(SUSPEND).happens(RESUME);
        }
        hectic.happens(SUSPEND).happens(RESUME).is(REHANDSHAKING).waits(TestClient.SECOND_WAIT);
    }

    @Test
    @Tag("C-19")
    void theIntervalOfTheServerIsKeptWhileResting() {
        TestClient slow = TestClient.connected().connectAnswered(Reply.yes().interval(5000)).happens(SUSPEND);
        slow.after(Duration.ofSeconds(2)).happens(RESUME).is(RECONNECTING).waits(Duration.ofSeconds(3));
        slow.happens(SUSPEND).happens(RESUME).is(RECONNECTING).waits(Duration.ofSeconds(3));
        slow.after(Duration.ofSeconds(1)).happens(new ConnectionCheckWanted()).waits(Duration.ofSeconds(2)).wakes()
                .is(RECONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-105")
    void soIsRetryAfter() {
        TransportException busy = TransportException.ofStatus(503, Duration.ofSeconds(20), "busy");
        TestClient.connected().lost(busy).happens(SUSPEND).after(Duration.ofSeconds(5)).happens(RESUME)
                .is(RECONNECTING).waits(Duration.ofSeconds(15));
        TestClient early = TestClient.handshaking(TestClient.SETTINGS).lost(busy).happens(SUSPEND)
                .after(Duration.ofSeconds(5)).happens(RESUME).is(REHANDSHAKING).waits(Duration.ofSeconds(15));
        early.happens(new ConnectionCheckWanted()).is(REHANDSHAKING, "RenewConnections").waits(Duration.ofSeconds(15));
    }

    @Test
    @Tag("C-105")
    void retryAfterIsKeptThoughTheSessionIsGone() {
        TransportException busy = TransportException.ofStatus(503, Duration.ofSeconds(60), "busy");
        TestClient known = TestClient.connected()
                .connectAnswered(Reply.yes().timeout(20_000).maxInterval(10_000)).lost(busy).happens(SUSPEND);
        known.after(Duration.ofSeconds(40)).happens(RESUME).is(REHANDSHAKING, "FailSent")
                .waits(Duration.ofSeconds(20));
    }

    @Test
    @Tag("C-23")
    void toSuspendAndResumeAgainAndAgainIsNoStormOfConnects() {
        client.happens(RESUME).is(RECONNECTING, "SendConnect");
        for (int n = 0; n < 9; n++) {
            client.happens(SUSPEND).after(Duration.ofMillis(100)).happens(RESUME).is(RECONNECTING);
        }
        client.after(Duration.ofMillis(99)).happens(new ConnectionCheckWanted()).is(RECONNECTING)
                .waits(Duration.ofMillis(1)).wakes().is(RECONNECTING, "SendConnect");
        client.connectAnswered(Reply.yes()).happens(new ConnectionCheckWanted()).is(CONNECTED);
    }

    @Test
    @Tag("C-71")
    void norOfSubscriptionsThatAreRestored() {
        TestClient restoring = TestClient.restoring(TestClient.SETTINGS).happens(SUSPEND).happens(RESUME)
                .is(HANDSHAKEN, "Restore");
        restoring.happens(SUSPEND).happens(RESUME).is(HANDSHAKEN).waits(Duration.ofSeconds(1)).wakes()
                .is(HANDSHAKEN, "Restore");
    }

    @Test
    void theEndIsPolite() {
        client.happens(new DisconnectWanted(Duration.ofSeconds(5).toNanos())).is(DISCONNECTING, "FailQueued",
                "SendDisconnect");
        client.happens(new DisconnectEnded()).is(DISCONNECTED, "FailSent", "FailQueued", "End");
    }

    @Test
    void withoutASessionThereIsNothingToBePoliteTo() {
        TestClient.handshaking(TestClient.SETTINGS).happens(SUSPEND)
                .happens(new DisconnectWanted(Duration.ofSeconds(5).toNanos()))
                .is(DISCONNECTED, "FailSent", "FailQueued", "End");
    }

    @Test
    void theNewsThatTheSessionIsGoneIsTaken() {
        client.happens(UNKNOWN.toPublish()).is(SUSPENDED, "ReportFailure", "FailSent");
        client.happens(RESUME).is(REHANDSHAKING, "SendHandshake");
    }

    @Test
    void aServerThatEndsTheSessionIsObeyedOrNot() {
        ServerDisconnected ended = new ServerDisconnected(Reply.neither().on(Fields.DISCONNECT, null));
        client.happens(ended).is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
        TestClient.connected(Settings.reconnecting()).happens(SUSPEND).happens(ended).is(SUSPENDED, "ReportFailure",
                "FailSent");
    }

    @Test
    void theDisconnectOfASuspendedClientHasItsLimit() {
        client.after(Duration.ofMinutes(1)).happens(new DisconnectWanted(Duration.ofSeconds(5).toNanos()))
                .waits(Duration.ofSeconds(5));
    }
}
