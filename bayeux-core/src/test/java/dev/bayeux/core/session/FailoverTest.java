package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.EndAbandonedSession;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several endpoints: which is tried when. */
class FailoverTest {

    private static final BayeuxException REFUSED = new TransportException(Problem.NOT_CONNECTED, "refused", null);

    private final TestClient client = TestClient.handshaking(Settings.endpoints(Settings.THREE));

    private static TestClient connected() {
        return TestClient.connected(Settings.endpoints(Settings.THREE));
    }

    private void handshakesAt(int endpoint) {
        assertEquals(endpoint, client.action(SendHandshake.class).endpoint());
    }

    private static void handshakesAt(TestClient other, int endpoint) {
        assertEquals(endpoint, other.action(SendHandshake.class).endpoint());
    }

    @Test
    void beginsWithTheFirst() {
        handshakesAt(0);
    }

    @Test
    void aRoundGoesOverAllAtOnceAndThenWaits() {
        client.lost(REFUSED).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        handshakesAt(1);
        client.lost(REFUSED).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        handshakesAt(2);
        client.lost(REFUSED).is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1)).wakes();
        handshakesAt(0);
        client.lost(REFUSED).lost(REFUSED).lost(REFUSED).waits(TestClient.SECOND_WAIT).wakes();
        handshakesAt(0);
    }

    @Test
    void refusedHandshakesGoRoundAsWell() {
        client.handshakeAnswered(Reply.no("503::busy").interval(9000)).is(REHANDSHAKING, "ReportFailure",
                "SendHandshake");
        handshakesAt(1);
    }

    @Test
    @Tag("C-105")
    void retryAfterOfOneServerIsNotForTheNextButForTheNextRound() {
        client.lost(busy(40)).is(REHANDSHAKING, "ReportFailure", "SendHandshake").lost(busy(40)).lost(busy(40))
                .is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(40));
    }

    private static TransportException busy(int seconds) {
        return TransportException.ofStatus(503, Duration.ofSeconds(seconds), "busy");
    }

    @Test
    @Tag("C-105")
    void anEndpointThatAskedForAWaitIsSkippedUntilItsEnd() {
        client.lost(busy(40)).lost(REFUSED).lost(REFUSED).is(REHANDSHAKING, "ReportFailure")
                .waits(Duration.ofSeconds(1))
                .wakes();
        handshakesAt(1);
        client.lost(REFUSED).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        handshakesAt(2);
        client.after(Duration.ofSeconds(39)).lost(REFUSED).wakes();
        handshakesAt(0);
    }

    @Test
    @Tag("C-105")
    void whereAllHaveSaidSoTheFirstToBeFreeIsNext() {
        client.lost(busy(40)).lost(busy(20)).lost(busy(30)).is(REHANDSHAKING, "ReportFailure")
                .waits(Duration.ofSeconds(20)).happens(new ConnectionCheckWanted()).waits(Duration.ofSeconds(20))
                .wakes();
        handshakesAt(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "200, 1200", "2000, 3000"})
    @Tag("C-20/B3")
    @Tag("C-102")
    void whereAllOthersWantToBeLeftAloneTheBackoffIsAddedToTheInterval(long intervalMs, long waitMs) {
        client.lost(busy(1_000)).lost(busy(1_000)).handshakeAnswered(Reply.no("403::no").interval(intervalMs))
                .is(REHANDSHAKING, "ReportFailure").waits(Duration.ofMillis(waitMs)).wakes();
        handshakesAt(2);
    }

    @Test
    @Tag("C-19")
    @Tag("C-20/B3")
    void theIntervalOfARefusalHoldsAsLongAsTheClientStaysWithItsServer() {
        client.lost(busy(1_000)).lost(busy(1_000)).handshakeAnswered(Reply.no("403::no").interval(2000)).wakes();
        handshakesAt(2);
        client.handshakeAnswered(Reply.no("403::no")).is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(3));
    }

    @Test
    @Tag("C-19")
    void theIntervalOfARefusalIsForItsServerOnly() {
        client.handshakeAnswered(Reply.no("503::busy").interval(60_000)).lost(REFUSED).lost(REFUSED)
                .waits(Duration.ofSeconds(1)).wakes();
        handshakesAt(1);
    }

    @Test
    @Tag("C-105")
    void anAbandonedSessionIsNotReplacedAtAnEndpointThatAskedForAWait() {
        TestClient lost = client.lost(REFUSED).lost(busy(3600)).handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .connectAnswered(Reply.yes());
        handshakesAt(lost.lost().wakes().lost().wakes().lost(), 0);
        handshakesAt(lost.lost(REFUSED).wakes(), 2);
    }

    @Test
    @Tag("C-105")
    @Tag("C-127")
    void aSessionIsKeptForAsLongAsAllOthersWantToBeLeftAlone() {
        TestClient kept = client.lost(busy(20)).lost(busy(3600)).handshakeAnswered(Reply.yes().clientId("s1"))
                .restored().connectAnswered(Reply.yes().interval(2000)).wakes();
        for (int n = 1; n <= Failover.SEVERAL; n++) {
            kept.lost(REFUSED).is(RECONNECTING, "ReportFailure").waits(TestClient.BACKOFF.delay(n, 0).plusSeconds(2))
                    .wakes();
        }
        kept.after(Duration.ofSeconds(20)).lost(REFUSED);
        handshakesAt(kept, 0);
    }

    @Test
    @Tag("C-33")
    @Tag("C-105")
    void hostsThatHaveSaidSoAreNotGoneTo() {
        TestClient sent = client.lost(busy(40)).handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE).hosts("a.example"));
        handshakesAt(sent, 1);
    }

    @Test
    void staysWhereTheSessionIs() {
        TestClient found = client.lost(REFUSED).handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        found.connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE));
        handshakesAt(found, 1);
    }

    @Test
    @Tag("C-127")
    void severalUnansweredConnectsInARowAbandonTheSession() {
        TestClient lost = connected();
        for (int n = 1; n < Failover.SEVERAL; n++) {
            lost.lost().is(RECONNECTING, "ReportFailure").wakes();
        }
        lost.lost().is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent", "SendHandshake");
        handshakesAt(lost, 1);
        assertEquals(new EndAbandonedSession("s1", "long-polling", 0), lost.action(EndAbandonedSession.class),
                "the server that does not answer may answer others, and keep the session");
    }

    @Test
    void refusedConnectsKeepTheEndpoint() {
        TestClient refused = connected();
        for (int n = 0; n < 3 * Failover.SEVERAL; n++) {
            refused.connectAnswered(Reply.no("x").reconnect(Reconnect.RETRY)).is(RECONNECTING, "ReportFailure").wakes();
        }
    }

    @Test
    void aNewSessionRestartsTheCount() {
        TestClient moved = connected().lost().wakes().lost().wakes().lost();
        moved.handshakeAnswered(Reply.yes().clientId("s2")).restored().lost().is(RECONNECTING, "ReportFailure");
    }

    @Test
    void behindTheLastComesTheFirst() {
        TestClient last = client.lost(REFUSED).lost(REFUSED).handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .connectAnswered(Reply.yes()).lost().wakes().lost().wakes().lost();
        handshakesAt(last, 0);
    }

    @Test
    void adviceOfTheOneIsNothingToTheOther() {
        TestClient slow = connected().connectAnswered(Reply.yes().interval(60_000)).wakes();
        slow.lost().wakes().lost().wakes().lost().is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent",
                "SendHandshake");
    }

    @ParameterizedTest
    @CsvSource({"PT31S, true", "PT1H, true", "PT30S, false", "PT5S, false"})
    @Tag("C-105")
    void aServerThatWantsToBeLeftAloneForLongIsLeftAtOnce(Duration asked, boolean left) {
        TestClient busy = connected().lost(TransportException.ofStatus(503, asked, "busy"));
        if (left) {
            busy.is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
            handshakesAt(busy, 1);
        } else {
            busy.is(RECONNECTING, "ReportFailure").waits(asked);
        }
    }

    @Test
    void aRefusedConnectWithALongIntervalMovesTheClientAsWell() {
        handshakesAt(connected().connectAnswered(Reply.no("503::busy").reconnect(Reconnect.RETRY).interval(3_600_000)),
                1);
    }

    @Test
    @Tag("C-105")
    void whereAllWantToBeLeftAloneTheFirstThatDoesNotAnyMoreIsNext() {
        TestClient busy = connected();
        for (int seconds : new int[]{3_000, 2_000, 1_000}) {
            busy.lost(TransportException.ofStatus(503, Duration.ofSeconds(seconds), "busy"));
        }
        busy.waits(Duration.ofSeconds(1_000)).wakes();
        handshakesAt(busy, 2);
    }

    @Test
    void theProgramsConnectBeginsWithTheFirstAgain() {
        client.lost(REFUSED).happens(new Aborted()).happens(new ConnectWanted());
        handshakesAt(0);
    }

    @Test
    void oneThatIsSetUpWronglyDoesNotEndTheSearch() {
        BayeuxException wrong = new ConfigurationException("wrong");
        client.lost(wrong).is(REHANDSHAKING, "ReportFailure", "SendHandshake").lost(wrong)
                .is(REHANDSHAKING, "ReportFailure", "SendHandshake")
                .lost(wrong).is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    void aSessionThatIsLostAgainAndAgainComesOutOfTheBudget() {
        TestClient forgotten = connected();
        for (int n = 1; n < RequestBudget.HANDSHAKES; n++) {
            forgotten.connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE));
            forgotten.handshakeAnswered(Reply.yes().clientId("s" + n)).restored();
        }
        forgotten.connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE))
                .is(REHANDSHAKING, "ReportFailure", "FailSent").waits(Duration.ofSeconds(1));
    }

    // Transports

    private static final BayeuxException NOT_UPGRADED = TransportException.notUpgraded(503, null, "no upgrade");

    private static TestClient withSockets() {
        return TestClient.handshaking(
                Settings.typesAndEndpoints(List.of("websocket", "long-polling"), Settings.THREE.subList(0, 2)));
    }

    private static void handshakesAt(TestClient other, int endpoint, String connectionType) {
        handshakesAt(other, endpoint);
        assertEquals(connectionType, other.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-128")
    void aTransportThatIsUnusableWithOneServerIsTriedWithTheNext() {
        TestClient moved = withSockets();
        handshakesAt(moved.lost(NOT_UPGRADED), 0, "long-polling");
        handshakesAt(moved.lost(REFUSED), 1, "websocket");
        handshakesAt(moved.lost(REFUSED).wakes(), 0, "long-polling");
    }

    @Test
    @Tag("C-128")
    void anAbandonedSessionIsReplacedOverTheFirstTransport() {
        TestClient moved = withSockets().lost(NOT_UPGRADED).handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .connectAnswered(Reply.yes());
        handshakesAt(moved.lost().wakes().lost().wakes().lost(), 1, "websocket");
    }

    @Test
    @Tag("C-33")
    @Tag("C-128")
    void whereHostsLeadBackToAServerItsTransportIsKnown() {
        TestClient moved = withSockets().lost(NOT_UPGRADED).lost(REFUSED).handshakeAnswered(Reply.yes().clientId("s1"))
                .restored().connectAnswered(Reply.yes());
        moved.connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE).hosts("a.example"));
        handshakesAt(moved, 0, "long-polling");
    }

    // C-33

    @Test
    @Tag("C-33")
    void adviceOfHostsLeadsToTheFirstOfThemThatTheProgramHasGiven() {
        TestClient sent = connected().connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE)
                .hosts("evil.example", "c.example", "b.example"));
        handshakesAt(sent, 2);
    }

    @Test
    @Tag("C-33")
    void hostsThatTheProgramHasNotGivenAreNeverGoneTo() {
        TestClient sent = connected().connectAnswered(Reply.yes().reconnect(Reconnect.HANDSHAKE)
                .hosts("evil.example", "a.example.evil.example"));
        handshakesAt(sent, 0);
    }

    @Test
    @Tag("C-33")
    void hostsWithThePresentOneChangeNothing() {
        TestClient sent = connected().connectAnswered(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE)
                .hosts("b.example", "A.example"));
        handshakesAt(sent, 0);
    }

    @Test
    @Tag("C-33")
    void hostsMatterOnlyWhereANewSessionIsAskedFor() {
        TestClient stays = connected().connectAnswered(Reply.yes().hosts("b.example")).lost().wakes();
        assertEquals(0, stays.state().endpointChoice().endpoint());
        TestClient published = connected().happens(Reply.no("402::unknown").reconnect(Reconnect.HANDSHAKE)
                .hosts("b.example").toPublish());
        handshakesAt(published, 1);
    }
}
