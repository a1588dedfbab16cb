package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionAction.SendDisconnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import dev.bayeux.core.session.SessionState.Gate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state table, row by row. */
class StateTableTest {

    private static final DisconnectWanted DISCONNECT = new DisconnectWanted(Duration.ofSeconds(5).toNanos());
    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};
    private static final String[] ENDED = {"FailSent", "FailQueued", "End"};
    private static final Reply LOST_SESSION = Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE);

    private final TestClient client = TestClient.connected();

    private static TestClient at(String place) {
        return Places.all().get(place).get();
    }

    @Test
    @Tag("C-35/T1")
    void connectStartsFromScratchOnTheFirstTransport() {
        TestClient used = TestClient.connected(Settings.types("websocket", "long-polling"));
        used.connectAnswered(Reply.yes().interval(5000).multipleClients()).lost().wakes().happens(new Aborted());
        used.happens(new ConnectWanted()).is(HANDSHAKING, "SendHandshake");
        assertEquals("websocket", used.action(SendHandshake.class).connectionType());
        assertEquals(StoredAdvice.DEFAULT, used.state().advice());
        assertEquals(FailureHistory.NONE, used.state().history());
        assertEquals(Optional.empty(), used.state().clientId());
    }

    @Test
    @Tag("C-35/T2")
    void acceptedHandshakeMakesTheSession() {
        TestClient made = at("rehandshaking").lost().wakes()
                .handshakeAnswered(Reply.yes().clientId("s7").interval(250)).is(HANDSHAKEN, "Restore");
        assertEquals(Optional.of("s7"), made.state().clientId());
        assertEquals(Gate.OPEN, made.state().gate());
        made.restored().waits(Duration.ofMillis(250)).wakes().lost().waits(Duration.ofMillis(1250));
    }

    @Test
    @Tag("C-35/T3")
    void noCommonTransportStops() {
        at("handshaking").handshakeAnswered(Reply.yes().clientId("s1").offering("iframe")).is(DISCONNECTED,
                "ReportFailure", "FailSent", "FailQueued", "EndUnwantedSession", "End");
    }

    @Test
    @Tag("C-35/T4")
    void refusedHandshakeIsSentAgainWithGrowingWaits() {
        TestClient refused = at("handshaking").handshakeAnswered(Reply.no("500::x")).is(REHANDSHAKING, "ReportFailure");
        refused.waits(Duration.ofSeconds(1)).wakes().handshakeAnswered(Reply.no("500::x"))
                .is(REHANDSHAKING, "ReportFailure").waits(TestClient.SECOND_WAIT);
    }

    @Test
    @Tag("C-35/T5")
    void refusedHandshakeWithNoneStops() {
        at("rehandshaking").handshakeAnswered(Reply.no("403::x").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
    }

    @Test
    @Tag("C-35/T6")
    void lostHandshakeIsSentAgain() {
        at("session-lost").lost().is(REHANDSHAKING, "ReportFailure").wakes().is(REHANDSHAKING, "SendHandshake");
    }

    @Test
    @Tag("C-35/T7")
    void firstConnectFollowsTheRestoration() {
        at("restoring").restored().is(CONNECTING, "SendConnect").connects(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "connected", "unconnected"})
    @Tag("C-35/T8")
    void successfulConnectIsConnected(String place) {
        at(place).connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "connected", "unconnected"})
    @Tag("C-35/T9")
    void lostSessionIsReplaced(String place) {
        TestClient lost = at(place).connectAnswered(LOST_SESSION);
        lost.is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
        assertEquals(Optional.empty(), lost.state().clientId());
        assertEquals(Gate.HOLD, lost.state().gate());
        TestClient friendly = at(place).connectAnswered(Reply.yes().reconnect(Reconnect.HANDSHAKE));
        if (place.equals("connected")) {
            friendly.is(REHANDSHAKING, "FailSent", "SendHandshake");
        } else {
            friendly.is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
        }
        at(place).happens(LOST_SESSION.toPublish()).is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "connected", "unconnected"})
    @Tag("C-35/T10")
    void noneStops(String place) {
        at(place).connectAnswered(Reply.yes().reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
        at(place).connectAnswered(Reply.yes().interval(-1)).is(DISCONNECTED, STOPPED);
        at(place).connectAnswered(Reply.no("x").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "connected", "unconnected"})
    @Tag("C-35/T11")
    void failedConnectIsUnconnectedAndTriedAgain(String place) {
        at(place).lost().is(RECONNECTING, "ReportFailure").wakes().is(RECONNECTING, "SendConnect").connects(true);
        at(place).connectAnswered(Reply.no("x").reconnect(Reconnect.RETRY)).is(RECONNECTING, "ReportFailure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"receiving", "restoring", "handshaken-waiting", "connecting", "restoring-again",
            "connected-waiting", "connected", "unconnected-waiting", "unconnected"})
    @Tag("C-35/T12")
    void disconnectEndsTheSession(String place) {
        TestClient ending = at(place).happens(DISCONNECT).is(DISCONNECTING, "FailQueued", "SendDisconnect");
        assertEquals("s1", ending.action(SendDisconnect.class).clientId());
        assertEquals(Gate.REFUSE, ending.state().gate());
        ending.waits(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshaking", "rehandshaking"})
    @Tag("C-35/T13")
    void disconnectWhileHandshakingEndsALateSessionPolitely(String place) {
        TestClient given = at(place).happens(DISCONNECT).is(DISCONNECTED, "FailQueued").waits(Duration.ofSeconds(5));
        assertEquals(Gate.REFUSE, given.state().gate());
        given.handshakeAnswered(Reply.yes().clientId("late")).is(DISCONNECTED, "EndUnwantedSession", "End");
        assertEquals("late", given.action(EndUnwantedSession.class).clientId());
    }

    @Test
    @Tag("C-35/T13")
    void disconnectBetweenHandshakesEndsAtOnce() {
        at("rehandshaking-waiting").happens(DISCONNECT).is(DISCONNECTED, ENDED);
    }

    @Test
    @Tag("C-35/T13")
    void aLateReplyWithoutASessionNeedsNoDisconnect() {
        at("abandoning").handshakeAnswered(Reply.no("no")).is(DISCONNECTED, "End");
        at("abandoning").handshakeAnswered(Reply.yes().clientId("")).is(DISCONNECTED, "End");
        at("abandoning").handshakeAnswered(Reply.yes()).is(DISCONNECTED, "End");
    }

    @Test
    @Tag("C-35/T14")
    void disconnectIsOverWhenBothRequestsHaveEnded() {
        at("disconnecting").happens(new DisconnectEnded()).is(DISCONNECTING).lost().is(DISCONNECTED, ENDED);
        at("disconnecting").lost().is(DISCONNECTING).happens(new DisconnectEnded()).is(DISCONNECTED, ENDED);
        at("disconnecting").happens(new DisconnectEnded()).wakes().is(DISCONNECTED, ENDED);
        at("disconnecting-idle").happens(new DisconnectEnded()).is(DISCONNECTED, ENDED);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-35/T15")
    void lastConnectLeadsToNoOther(Reconnect word) {
        at("disconnecting").connectAnswered(Reply.yes().reconnect(word)).is(DISCONNECTING);
        at("disconnecting").connectAnswered(Reply.no("402::session_unknown").reconnect(word)).is(DISCONNECTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receiving", "restoring", "connecting", "connected", "connected-waiting", "unconnected"})
    @Tag("C-35/T16")
    void serversDisconnectStops(String place) {
        at(place).happens(new ServerDisconnected(Reply.neither().on(Fields.DISCONNECT, null)))
                .is(DISCONNECTED, STOPPED);
    }

    @Test
    @Tag("C-35/T17")
    void abortEndsEverythingAtOnce() {
        Set<String> ended = Set.of("disconnected", "stopped");
        Places.all().forEach((name, place) -> {
            if (!ended.contains(name)) {
                place.get().happens(new Aborted()).is(DISCONNECTED, ENDED);
            }
        });
    }

    @Test
    @Tag("C-35/T18")
    void foreignRepliesChangeNothing() {
        SessionState before = client.state();
        client.happens(Reply.no("x").reconnect(Reconnect.NONE).toConnect("c0", 0)).is(CONNECTED);
        client.happens(LOST_SESSION.interval(9000).toHandshake("h1", false)).is(CONNECTED);
        assertSame(before, client.state());
    }

    @Test
    @Tag("C-35/T19")
    void sendsWaitWhileThereIsNoSession() {
        assertEquals(Gate.HOLD, at("handshaking").state().gate());
        assertEquals(Gate.HOLD, at("rehandshaking").state().gate());
        assertEquals(Gate.HOLD, at("rehandshaking-waiting").state().gate());
    }

    @Test
    @Tag("C-35/T20")
    void sendsFailAfterTheEnd() {
        assertEquals(Gate.REFUSE, at("disconnected").state().gate());
        assertEquals(Gate.REFUSE, at("stopped").state().gate());
        assertEquals(Gate.REFUSE, at("disconnecting").state().gate());
        assertEquals(Gate.REFUSE, at("abandoning").state().gate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"receiving", "restoring", "connecting", "connected", "connected-waiting", "unconnected"})
    @Tag("C-35/T21")
    void sendsLeaveAtOnceInASession(String place) {
        assertEquals(Gate.OPEN, at(place).state().gate());
    }
}
