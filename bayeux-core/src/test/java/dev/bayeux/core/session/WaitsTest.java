package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.DeliveriesMissed;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers and backoff, C-98 to C-105, as far as the machine decides on them. */
class WaitsTest {

    private final TestClient client = TestClient.connected();

    private static TransportException busy(Duration retryAfter) {
        return TransportException.ofStatus(503, retryAfter, "503");
    }

    @Test
    @Tag("C-98")
    void connectIsLostAfterItsHoldAndTheAllowance() {
        TestClient fresh = TestClient.handshaking(TestClient.SETTINGS)
                .handshakeAnswered(Reply.yes().clientId("s1").timeout(30_000)).restored();
        assertEquals(10_000, limit(fresh), "one that is not held");
        assertEquals(40_000, limit(fresh.connectAnswered(Reply.yes())), "advised with the handshake");
        assertEquals(30_000, limit(fresh.connectAnswered(Reply.yes().timeout(20_000))), "advised with a connect");
        assertEquals(30_000, limit(fresh.connectAnswered(Reply.yes())), "remembered");
        assertEquals(10_000, limit(fresh.lost().wakes()), "after a failure");
        assertEquals(10_000, limit(fresh.connectAnswered(Reply.yes().timeout(0))), "a server that does not hold");
        assertEquals(3_610_000, limit(fresh.connectAnswered(Reply.yes().timeout(Long.MAX_VALUE))),
                "no longer than longestServerWait");
    }

    private static long limit(TestClient client) {
        return client.action(SendConnect.class).limitMs();
    }

    @Test
    @Tag("C-102")
    void backoffGrowsUpToItsMaximum() {
        for (int failures = 1; failures < 13; failures++) {
            client.lost().is(RECONNECTING, "ReportFailure").waits(TestClient.BACKOFF.delay(failures, 0)).wakes();
        }
        client.lost().waits(TestClient.BACKOFF.maximum());
    }

    @Test
    @Tag("C-102")
    void refusalsAndLossesAreOneRow() {
        client.lost().wakes().connectAnswered(Reply.no("x").reconnect(Reconnect.RETRY))
                .waits(TestClient.SECOND_WAIT);
        client.wakes().lost().waits(Duration.ofSeconds(2));
    }

    @Test
    @Tag("C-102")
    void successfulHandshakeResetsTheBackoff() {
        client.lost().wakes().lost().wakes().connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        client.lost().wakes().lost().is(REHANDSHAKING, "ReportFailure").waits(TestClient.SECOND_WAIT)
                .wakes();
        client.handshakeAnswered(Reply.yes().clientId("s2")).restored().lost().waits(Duration.ofSeconds(1));
        assertTrue(client.state().failures() > 4, "the count goes on until a connect succeeds");
    }

    @Test
    @Tag("C-104")
    void jitterLengthensOnlyTheBackoff() {
        TestClient jittery = TestClient.connected(Settings.backoff(TestClient.BACKOFF.withJitter(0.2)));
        jittery.connectAnswered(Reply.yes().interval(10_000)).waits(Duration.ofSeconds(10)).wakes();
        Set<Long> waits = new HashSet<>();
        for (int n = 0; n < 200; n++) {
            jittery.lost();
            long wait = Duration.ofNanos(jittery.state().wakeAtNs() - jittery.nowNs()).toMillis();
            assertTrue(wait >= 11_000 && wait <= 11_200, "interval and 1 s and up to a fifth of that: " + wait);
            waits.add(wait);
            jittery.wakes().connectAnswered(Reply.yes()).wakes();
        }
        assertTrue(waits.size() > 50, "random: " + waits.size() + " different waits");
    }

    @Test
    @Tag("C-104")
    void clientsDoNotWaitInStep() {
        Set<Double> first = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            first.add(SessionState.initial(seed * 0x9E3779B97F4A7C15L, 0).counted().random());
        }
        assertEquals(100, first.size());
        assertTrue(first.stream().allMatch(random -> random >= 0 && random < 1), first.toString());
    }

    @ParameterizedTest
    @CsvSource({"PT20S, PT20S", "PT0.5S, PT1S", "-PT5S, PT1S", "PT-2562047788015215H, PT1S"})
    @Tag("C-105")
    void retryAfterIsALowerBoundForEveryNextAttempt(Duration asked, Duration waited) {
        TestClient.connected().lost(busy(asked)).is(RECONNECTING, "ReportFailure").waits(waited);
        TestClient.handshaking(TestClient.SETTINGS).lost(busy(asked)).is(REHANDSHAKING, "ReportFailure").waits(waited);
    }

    @ParameterizedTest
    @CsvSource({"PT61S, PT61S", "PT59M, PT59M", "P1D, PT1H", "P400D, PT1H"})
    @Tag("C-105")
    void aLongWaitForTheServerIsReportedAndLimited(Duration asked, Duration waited) {
        TestClient.connected().lost(busy(asked)).is(RECONNECTING, "ReportFailure", "ReportWait").waits(waited);
        TestClient.handshaking(TestClient.SETTINGS).lost(busy(asked)).is(REHANDSHAKING, "ReportFailure", "ReportWait")
                .waits(waited);
        client.connectAnswered(Reply.yes().interval(asked.toMillis())).is(CONNECTED, "ReportWait").waits(waited);
        assertEquals(waited, client.action(SessionAction.ReportWait.class).duration());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    @Tag("C-105")
    void retryAfterHoldsForTheHandshakeOfAnExpiredSession(int status) {
        client.connectAnswered(Reply.yes().timeout(0).maxInterval(100));
        client.lost(TransportException.ofStatus(status, Duration.ofSeconds(50), "busy"))
                .is(REHANDSHAKING, "ReportFailure", "FailSent").waits(Duration.ofSeconds(50));
    }

    @Test
    @Tag("C-105")
    void retryAfterHoldsForTheHandshakeOfASessionThatIsLostMeanwhile() {
        client.lost(TransportException.ofStatus(503, Duration.ofSeconds(20), "busy")).after(Duration.ofSeconds(5))
                .happens(Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE).toPublish())
                .is(REHANDSHAKING, "ReportFailure", "FailSent").waits(Duration.ofSeconds(15));
    }

    @Test
    @Tag("C-105")
    void withoutRetryAfterTheBackoffDecides() {
        client.lost(TransportException.ofStatus(503, null, "503")).waits(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C-105")
    void retryAfterHoldsForTheSessionThatReplaysMissedDeliveries() {
        DeliveriesMissed missed = new DeliveriesMissed(busy(Duration.ofSeconds(20)));
        client.happens(missed).is(REHANDSHAKING, "ReportFailure", "FailSent").waits(Duration.ofSeconds(20));
        TestClient.connected().happens(new SuspendWanted()).happens(missed).happens(new ResumeWanted())
                .is(REHANDSHAKING).waits(Duration.ofSeconds(20));
    }

    @Test
    @Tag("C-105")
    void theServerOfASessionWithMissedDeliveriesLearnsItsEndUnlessItAskedForAWait() {
        TransportException lost = new TransportException(Problem.LOST, "reset", null);
        client.happens(new DeliveriesMissed(lost)).is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent")
                .waits(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C-105")
    void aReplyThatTheServerSendsWithinItsOwnWaitChangesNothing() {
        client.lost(busy(Duration.ofSeconds(20)));
        SessionState before = client.state();
        client.after(Duration.ofSeconds(5)).happens(new SessionEvent.ReplyReceived(Reply.yes().on("/chat", "7")));
        assertEquals(before, client.state());
    }

    @Test
    void aWaitOfAMinuteIsNotReported() {
        client.connectAnswered(Reply.yes().interval(60_000)).is(CONNECTED).wakes()
                .connectAnswered(Reply.yes().interval(60_001)).is(CONNECTED, "ReportWait");
    }

    @Test
    @Tag("C-102")
    void theIntervalOfARefusedHandshakeCountsUntilAnotherIsAdvised() {
        TestClient refused = TestClient.handshaking(TestClient.SETTINGS)
                .handshakeAnswered(Reply.no("500::x").interval(5000)).waits(Duration.ofSeconds(6));
        refused.wakes().lost().waits(Duration.ofSeconds(5).plus(TestClient.SECOND_WAIT));
    }
}
