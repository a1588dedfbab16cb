package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.Restore;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restoring subscriptions between the handshake and being connected, C-11 and C-71. */
class RestoringTest {

    private final TestClient client = TestClient.restoring(TestClient.SETTINGS);

    @Test
    @Tag("C-71")
    void eachSessionIsRestoredBeforeItsFirstConnect() {
        client.is(HANDSHAKEN, "Restore").restored().is(CONNECTING, "SendConnect").connectAnswered(Reply.yes());
        client.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        client.handshakeAnswered(Reply.yes().clientId("s2")).is(HANDSHAKEN, "Restore");
    }

    @Test
    @Tag("C-71")
    void aRenewedSessionIsReportedWhenItsSubscriptionsAreRestoredAndOnlyOnce() {
        client.restored().connectAnswered(Reply.yes());
        client.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        client.handshakeAnswered(Reply.yes().clientId("s2")).restoringFailed().is(RECONNECTING, "ReportFailure");
        client.wakes().connectAnswered(Reply.yes()).is(CONNECTING, "Restore");
        client.restored().is(CONNECTED, "ReportRenewed", "SendConnect");
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-73")
    void aRetriedConnectRestoresNothing() {
        client.restored().connectAnswered(Reply.yes()).lost().wakes().is(RECONNECTING, "SendConnect")
                .connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    void lostRestorationIsRepeatedAfterASuccessfulConnectAndOnlyThenConnected() {
        client.restoringFailed().is(RECONNECTING, "ReportFailure").waits(Duration.ofSeconds(1)).wakes()
                .is(RECONNECTING, "SendConnect").connects(true);
        client.connectAnswered(Reply.yes()).is(CONNECTING, "Restore").restored().is(CONNECTED, "SendConnect")
                .connects(false);
    }

    @Test
    void restorationThatIsLostAgainAndAgainIsRepeatedWithGrowingWaits() {
        for (int failures = 1; failures < 12; failures++) {
            client.restoringFailed().is(RECONNECTING, "ReportFailure")
                    .waits(TestClient.BACKOFF.delay(failures, 0)).wakes();
            client.connectAnswered(Reply.yes()).is(CONNECTING, "Restore");
        }
        client.restored().is(CONNECTED, "SendConnect");
        assertEquals(0, client.state().failures());
    }

    @Test
    void intervalIsKeptAfterARepeatedRestoration() {
        client.restoringFailed().wakes().connectAnswered(Reply.yes().interval(300)).restored().is(CONNECTED)
                .waits(Duration.ofMillis(300));
    }

    @Test
    void lostConnectBeforeTheRepeatedRestorationChangesNothingAboutIt() {
        client.restoringFailed().wakes().lost().wakes().is(RECONNECTING, "SendConnect").connectAnswered(Reply.yes())
                .is(CONNECTING, "Restore");
    }

    @Test
    void newsOfAnEarlierRestorationAreIgnored() {
        long earlier = client.action(Restore.class).serial();
        client.restoringFailed().wakes().connectAnswered(Reply.yes()).is(CONNECTING, "Restore");
        client.happens(new Restored(earlier)).is(CONNECTING);
        client.happens(new RestoringFailed(earlier, client.state().lastFailure().orElseThrow())).is(CONNECTING);
        client.restored().is(CONNECTED, "SendConnect");
    }

    @Test
    void aSessionThatExpiresMeanwhileIsReplaced() {
        TestClient brief = TestClient.handshaking(TestClient.SETTINGS)
                .handshakeAnswered(Reply.yes().clientId("s1").timeout(0).maxInterval(500));
        brief.restoringFailed().is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
    }

    @Test
    void theTimeOfTheFirstFailureBelongsToTheSession() {
        TestClient expiring = TestClient.connected().connectAnswered(Reply.yes().timeout(0).maxInterval(1500));
        expiring.lost().is(RECONNECTING, "ReportFailure").wakes().lost().is(REHANDSHAKING, "ReportFailure", "FailSent",
                "SendHandshake");
        expiring.after(Duration.ofHours(1))
                .handshakeAnswered(Reply.yes().clientId("s2").timeout(0).maxInterval(1500)).restored();
        expiring.lost().is(RECONNECTING, "ReportFailure");
    }

    @Test
    void aRenewedSessionIsReportedOnlyAfterAnEarlierOne() {
        TestClient never = TestClient.connecting(TestClient.SETTINGS)
                .connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        never.handshakeAnswered(Reply.yes().clientId("s2")).is(HANDSHAKEN, "Restore");
    }
}
