package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connect loop and the states around it, C-15 to C-23 and C-36 to C-38. */
class ConnectLoopTest {

    private static final Reply LOST_SESSION = Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE);

    private final TestClient client = TestClient.connected();

    @Test
    @Tag("C-15")
    void firstConnectCarriesTheSessionAndItsTransport() {
        TestClient first = TestClient.handshaking(Settings.types("long-polling", "websocket"))
                .handshakeAnswered(Reply.yes().clientId("s9").offering("websocket").interval(100)).restored()
                .waits(Duration.ofMillis(100)).wakes();
        SendConnect connect = first.action(SendConnect.class);
        assertEquals("s9 websocket", connect.clientId() + " " + connect.connectionType());
        assertEquals(first.state().outstanding(), connect.id());
    }

    @Test
    @Tag("C-16")
    void onlyTheFirstConnectAndThoseAfterFailuresAskForAnAnswerAtOnce() {
        TestClient fresh = TestClient.connecting(TestClient.SETTINGS).connects(true);
        fresh.connectAnswered(Reply.yes()).connects(false).connectAnswered(Reply.yes()).connects(false);
        fresh.lost().wakes().connects(true).lost().wakes().connects(true);
        fresh.connectAnswered(Reply.no("x").reconnect(Reconnect.RETRY)).wakes().connects(true);
        fresh.connectAnswered(Reply.yes()).connects(false);
        fresh.connectAnswered(LOST_SESSION).handshakeAnswered(Reply.yes().clientId("s2")).restored().connects(true);
    }

    @Test
    @Tag("C-18")
    void nextConnectOnlyAfterTheEndOfTheOneBefore() {
        client.happens(new TimeReached()).is(CONNECTED).happens(Reply.neither().interval(0).toPublish()).is(CONNECTED);
        client.after(Duration.ofDays(1)).happens(new TimeReached()).is(CONNECTED).waitsForTheServer();
    }

    @Test
    @Tag("C-39")
    @Tag("C-43")
    void eachRequestHasASeparateId() {
        String before = client.state().outstanding();
        client.connectAnswered(Reply.yes());
        assertNotEquals(before, client.state().outstanding());
        client.happens(Reply.yes().toConnect(before, 0)).is(CONNECTED);
    }

    @Test
    @Tag("C-19")
    void intervalRunsFromTheEndOfTheConnect() {
        client.connectAnswered(Reply.yes().interval(2000)).wakes().after(Duration.ofSeconds(30));
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(2));
        client.after(Duration.ofMillis(1999)).happens(new TimeReached()).is(CONNECTED);
        client.after(Duration.ofMillis(1)).happens(new TimeReached()).is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-21")
    void aConnectReplyThatNeverShowsUpDoesNotStopTheLoop() {
        for (int n = 0; n < 200; n++) {
            client.lost().is(RECONNECTING, "ReportFailure").wakes().is(RECONNECTING, "SendConnect");
        }
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-22")
    void nextConnectDoesNotWaitForDeliveriesToBeHandled() {
        client.happens(Reply.yes().toConnect(client.state().outstanding(), 500)).is(CONNECTED, "SendConnect");
        client.happens(new Delivered(500)).is(CONNECTED);
    }

    /** From one handshake to the loss of its session. */
    private static TestClient forgets(TestClient client, int connects) {
        client.handshakeAnswered(Reply.yes().clientId("s")).restored();
        for (int n = 0; n < connects; n++) {
            client.happens(Reply.yes().toConnect(client.state().outstanding(), 1));
        }
        return client.connectAnswered(LOST_SESSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    @Tag("C-23")
    void threeHandshakesAreFreeThenBackoffGrows(int connects) {
        TestClient forgotten = TestClient.handshaking(TestClient.SETTINGS);
        forgets(forgotten, connects).is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
        forgets(forgotten, connects).is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
        for (int step = 1; step < 7; step++) {
            forgets(forgotten, connects).is(REHANDSHAKING, "ReportFailure", "FailSent")
                    .waits(TestClient.BACKOFF.delay(step, 0)).wakes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    @Tag("C-23")
    void inTheLongRunOneHandshakePerMaximum(int connects) {
        TestClient forgotten = TestClient.handshaking(TestClient.SETTINGS);
        for (int n = 0; n < 20; n++) {
            forgets(forgotten, connects).wakesIfDue();
        }
        long start = forgotten.nowNs();
        for (int n = 0; n < 20; n++) {
            forgets(forgotten, connects).wakesIfDue();
        }
        Duration took = Duration.ofNanos(forgotten.nowNs() - start);
        assertEquals(20 * 30, took.toSeconds(), 30, "neither success nor failure buys more");
    }

    @Test
    @Tag("C-23")
    void aSessionThatIsLostOnceInAWhileIsReplacedAtOnce() {
        for (int n = 0; n < 50; n++) {
            client.after(Duration.ofMinutes(1)).connectAnswered(LOST_SESSION)
                    .is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
            client.handshakeAnswered(Reply.yes().clientId("s")).restored().connectAnswered(Reply.yes());
        }
    }

    @Test
    @Tag("C-36")
    void neitherHandshakeNorSendingIsConnected() {
        TestClient fresh = TestClient.restoring(TestClient.SETTINGS).restored().is(CONNECTING, "SendConnect");
        fresh.lost().wakes().is(RECONNECTING, "SendConnect").connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-37")
    void waitsCanBeCancelled() {
        TestClient waiting = TestClient.connected().lost();
        waiting.happens(new Aborted());
        assertEquals(Long.MAX_VALUE, waiting.state().wakeAtNs());
        waiting.after(Duration.ofHours(1)).happens(new TimeReached()).happens(new TimeReached());
        assertEquals("DISCONNECTED []", waiting.status() + " " + waiting.names());
    }

    @Test
    @Tag("C-38")
    void connectAfterTheEndStartsFromScratch() {
        client.lost(new TransportException(Problem.UNKNOWN_HOST, "?", null)).happens(new Aborted());
        client.happens(new ConnectWanted()).handshakeAnswered(Reply.yes().clientId("s2")).restored()
                .is(CONNECTING, "SendConnect").connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        assertEquals("s2", client.clientId());
    }
}
