package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.EndAbandonedSession;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another transport where the first one proves unusable, table 4-B, B5, T6 and C-103. */
class TransportFallbackTest {

    private static final BayeuxException REFUSED = TransportException.ofStatus(426, null, "no upgrade");

    private final TestClient client = TestClient.handshaking(Settings.types("websocket", "long-polling"));

    static Stream<BayeuxException> unusable() {
        return Stream.of(REFUSED, TransportException.ofStatus(404, null, "404"),
                new MalformedMessageException("HTML", null), new TransportException(Problem.UNREADABLE, "?", null));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    @Tag("C-103")
    void nextTransportIsTriedAtOnce(BayeuxException failure) {
        client.lost(failure).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        client.lost(failure).is(REHANDSHAKING, "ReportFailure").waits(TestClient.SECOND_WAIT).wakes();
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        client.lost(failure).is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    static Stream<BayeuxException> nothingReached() {
        return Stream.of(new TransportException(Problem.NOT_CONNECTED, "?", null),
                new TransportException(Problem.UNKNOWN_HOST, "?", null),
                new TransportException(Problem.TIMED_OUT, "?", null), TransportException.ofStatus(503, null, "503"));
    }

    @ParameterizedTest
    @MethodSource("nothingReached")
    @Tag("C-103")
    void sameTransportNeedsTheBackoff(BayeuxException failure) {
        client.lost(failure).is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1)).wakes();
        assertEquals("websocket", client.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void unusableTransportIsLeftOutOfTheChoice() {
        client.lost(REFUSED).handshakeAnswered(
                Reply.yes().clientId("s1").offering("websocket", "long-polling")).restored();
        assertEquals("long-polling", client.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void anExcludedTransportIsAdmittedWhenTheProgramConnectsAgain() {
        client.lost(REFUSED).happens(new Aborted()).happens(new ConnectWanted()).is(HANDSHAKING, "SendHandshake");
        assertEquals("websocket", client.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void transportThatHasWorkedStays() {
        TestClient worked = TestClient.connected(Settings.types("websocket", "long-polling"));
        worked.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE)).lost(REFUSED)
                .is(REHANDSHAKING, "ReportFailure").wakes();
        assertEquals("websocket", worked.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void refusalOfTheServerIsNoMatterOfTheTransport() {
        client.handshakeAnswered(Reply.no("400::no")).is(REHANDSHAKING, "ReportFailure").wakes();
        assertEquals("websocket", client.action(SendHandshake.class).connectionType());
    }

    // Upgrades that give no WebSocket

    private static TransportException notUpgraded(int status) {
        return status == 0
                ? new TransportException(Problem.NOT_UPGRADED, "no answer", null)
                : TransportException.notUpgraded(status, null, "no upgrade");
    }

    private static TestClient connectedOverWebSocket() {
        return TestClient.connected(Settings.types("websocket", "long-polling"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 302, 400, 401, 403, 404, 407, 426, 502, 503})
    @Tag("C-128")
    void upgradeThatGivesNoWebSocketDisablesItAtOnce(int status) {
        client.lost(notUpgraded(status)).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        assertFalse(client.state().isUsable("websocket"));
    }

    @Test
    @Tag("C-128")
    void withFreshCredentialsRefusedAsWellTheNextTransportIsTriedBeforeTheEnd() {
        TestClient known = TestClient.handshaking(new SessionSettings(List.of("websocket", "long-polling"),
                TestClient.ENDPOINTS,
                TestClient.SETTINGS.replyTimeout(), TestClient.BACKOFF, TestClient.SETTINGS.onServerDisconnect(), true,
                true));
        known.lost(notUpgraded(403)).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        known.lost(TransportException.ofStatus(403, null, "403")).is(DISCONNECTED, "ReportFailure", "FailSent",
                "FailQueued", "End");
    }

    @Test
    @Tag("C-128")
    void withoutAnotherTransportItIsTriedAgainAfterTheBackoff() {
        TestClient alone = TestClient.handshaking(Settings.types("websocket"));
        alone.lost(notUpgraded(503)).is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1)).wakes();
        assertEquals("websocket", alone.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-128")
    void webSocketThatHasWorkedIsLeftAfterSeveralRefusedUpgradesOnly() {
        TestClient worked = connectedOverWebSocket()
                .connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        for (int attempt = 1; attempt < Fallback.SEVERAL; attempt++) {
            worked.lost(notUpgraded(502)).is(REHANDSHAKING, "ReportFailure").wakes();
            assertEquals("websocket", worked.action(SendHandshake.class).connectionType());
        }
        worked.lost(notUpgraded(502)).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        assertEquals("long-polling", worked.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-129")
    @Tag("C-130")
    void severalRefusedUpgradesMakeANewSessionWithTheNextTransport() {
        TestClient worked = connectedOverWebSocket();
        for (int attempt = 1; attempt < Fallback.SEVERAL; attempt++) {
            worked.lost(notUpgraded(502)).is(RECONNECTING, "ReportFailure").wakes();
            assertEquals("websocket", worked.action(SendConnect.class).connectionType());
        }
        worked.lost(notUpgraded(502)).is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent",
                "SendHandshake");
        assertEquals("long-polling", worked.action(SendHandshake.class).connectionType());
        assertEquals(new EndAbandonedSession("s1", "long-polling", 0), worked.action(EndAbandonedSession.class),
                "no WebSocket can be had for it any more");
        worked.handshakeAnswered(Reply.yes().clientId("s2").offering("websocket", "long-polling")).restored();
        assertEquals("long-polling", worked.action(SendConnect.class).connectionType());
        worked.connectAnswered(Reply.yes()).lost().is(RECONNECTING, "ReportFailure").wakes();
        assertEquals("long-polling", worked.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-130")
    void otherFailuresRestartTheCountOfRefusedUpgrades() {
        TestClient worked = connectedOverWebSocket();
        for (int attempt = 1; attempt <= 3 * Fallback.SEVERAL; attempt++) {
            worked.lost(attempt % Fallback.SEVERAL == 0
                    ? new TransportException(Problem.LOST, "?", null)
                    : notUpgraded(502)).is(RECONNECTING, "ReportFailure").wakes();
        }
        assertEquals("websocket", worked.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-130")
    void aSuccessfulConnectRestartsTheCount() {
        TestClient worked = connectedOverWebSocket();
        for (int attempt = 1; attempt <= 3 * Fallback.SEVERAL; attempt++) {
            worked.lost(notUpgraded(502)).wakes().connectAnswered(Reply.yes());
        }
        assertEquals("websocket", worked.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-129")
    void sessionThatWasMadeOverWebSocketDoesNotMoveToHttp() {
        client.handshakeAnswered(Reply.yes().clientId("s1").offering("long-polling")).is(REHANDSHAKING,
                "EndAbandonedSession", "SendHandshake");
        assertEquals(new EndAbandonedSession("s1", "websocket", 0), client.action(EndAbandonedSession.class),
                "some servers know it over the WebSocket only");
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        client.handshakeAnswered(Reply.yes().clientId("s2").offering("long-polling")).restored();
        assertEquals("s2", client.action(SendConnect.class).clientId());
    }

    /** The name of a connection type does not show its kind: the client decides by the way in which the reply came. */
    @Test
    @Tag("C-129")
    void sessionThatWasMadeOverAnyFullDuplexConnectionDoesNotMove() {
        Reply other = Reply.yes().clientId("s1").offering("long-polling");
        TestClient own = TestClient.handshaking(Settings.types("x-pipe", "long-polling"));
        own.happens(other.toHandshake(own.state().outstanding(), true)).is(REHANDSHAKING, "EndAbandonedSession",
                "SendHandshake");
        assertEquals("long-polling", own.action(SendHandshake.class).connectionType());
        client.happens(other.toHandshake(client.state().outstanding(), false)).restored();
        assertEquals("s1", client.action(SendConnect.class).clientId());
    }

    @Test
    @Tag("C-129")
    void sessionThatWasMadeOverHttpMovesToWebSocket() {
        TestClient polling = TestClient.handshaking(Settings.types("long-polling", "websocket"));
        polling.handshakeAnswered(Reply.yes().clientId("s1").offering("websocket")).restored();
        assertEquals("websocket", polling.action(SendConnect.class).connectionType());
        assertEquals("s1", polling.action(SendConnect.class).clientId());
    }
}
