package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A transport that opens and then brings no valid reply is left for the next one (C-128). */
@Tag("C-128")
class UselessTransportTest {

    private static final TransportException SILENT = new TransportException(Problem.TIMED_OUT, "silent", null);
    private static final TransportException UNREACHABLE = new TransportException(Problem.NOT_CONNECTED, "?", null);

    private final TestClient client = TestClient.handshaking(Settings.types("websocket", "long-polling"));

    static Stream<BayeuxException> withoutValidReply() {
        return Stream.of(SILENT, new TransportException(Problem.LOST, "closed with 1011", null),
                new TransportException(Problem.TOO_LARGE, "?", null));
    }

    private static void handshakesOver(TestClient client, String connectionType) {
        assertEquals(connectionType, client.action(SendHandshake.class).connectionType());
    }

    private TestClient overLongPolling() {
        client.lost(SILENT).wakes().lost(SILENT);
        handshakesOver(client, "long-polling");
        return client.handshakeAnswered(Reply.yes().clientId("s1").offering("websocket", "long-polling")).restored()
                .connectAnswered(Reply.yes());
    }

    @ParameterizedTest
    @MethodSource("withoutValidReply")
    void afterTwoHandshakesWithoutAReplyTheNextIsTriedAtOnce(BayeuxException failure) {
        client.lost(failure);
        if (client.state().outstanding() == null) {
            client.wakes();
            handshakesOver(client, "websocket");
            client.lost(failure).is(REHANDSHAKING, "ReportFailure", "SendHandshake");
        }
        handshakesOver(client, "long-polling");
        assertFalse(client.state().isUsable("websocket"));
    }

    @Test
    void aConnectWithoutAReplyCountsAsWell() {
        client.handshakeAnswered(Reply.yes().clientId("s1")).restored().lost(SILENT).is(RECONNECTING, "ReportFailure");
        client.wakes().lost(SILENT).is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent",
                "SendHandshake");
        handshakesOver(client, "long-polling");
    }

    @Test
    void aHandshakeThatIsAnsweredProvesNothingYet() {
        client.lost(SILENT).wakes().handshakeAnswered(Reply.yes().clientId("s1")).restored().lost(SILENT)
                .is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent", "SendHandshake");
        handshakesOver(client, "long-polling");
    }

    @Test
    void oneThatWasConnectedStays() {
        TestClient worked = TestClient.connected(Settings.types("websocket", "long-polling"));
        for (int n = 0; n < 20; n++) {
            worked.lost(SILENT).is(RECONNECTING, "ReportFailure").wakes();
        }
        worked.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        for (int n = 0; n < 20; n++) {
            worked.lost(SILENT).is(REHANDSHAKING, "ReportFailure").wakes();
            handshakesOver(worked, "websocket");
        }
    }

    @Test
    void whereNothingIsReachedTheTransportIsNotToBlame() {
        for (int n = 0; n < 20; n++) {
            client.lost(UNREACHABLE).wakes();
            handshakesOver(client, "websocket");
        }
        client.lost(SILENT).wakes().lost(UNREACHABLE).wakes().lost(SILENT).wakes();
        handshakesOver(client, "websocket");
    }

    @Test
    void aLaterSessionTriesItAgain() {
        overLongPolling().after(Fallback.USELESS_FOR).connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        handshakesOver(client, "websocket");
        client.handshakeAnswered(Reply.yes().clientId("s2")).restored().connectAnswered(Reply.yes()).is(CONNECTED,
                "SendConnect");
        assertEquals("websocket", client.state().connectionType().orElseThrow());
    }

    @Test
    void theNextSessionDoesNotTryItAgainAtOnce() {
        overLongPolling().connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        handshakesOver(client, "long-polling");
    }

    @Test
    void whereAllAreUselessEachGetsAnotherChanceAfterTheBackoff() {
        client.lost(SILENT).wakes().lost(SILENT);
        handshakesOver(client, "long-polling");
        client.lost(SILENT).wakes();
        handshakesOver(client, "long-polling");
        client.lost(SILENT).is(REHANDSHAKING, "ReportFailure").waits(TestClient.BACKOFF.delay(4, 0)).wakes();
        handshakesOver(client, "websocket");
        client.lost(SILENT).wakes().lost(SILENT);
        handshakesOver(client, "long-polling");
    }

    @Test
    void oneThatIsUselessComesBackWhereTheOtherIsRefused() {
        TestClient polling = TestClient.handshaking(Settings.types("long-polling", "websocket"));
        polling.lost(SILENT).wakes().lost(SILENT);
        handshakesOver(polling, "websocket");
        polling.lost(TransportException.notUpgraded(404, null, "404")).is(REHANDSHAKING, "ReportFailure").wakes();
        handshakesOver(polling, "long-polling");
        for (int n = 0; n < 10; n++) {
            polling.lost(SILENT).wakes();
            handshakesOver(polling, "long-polling");
        }
    }

    @Test
    void transportsAreExcludedForEachEndpointAlone() {
        TestClient several = TestClient
                .handshaking(Settings.typesAndEndpoints(List.of("websocket", "long-polling"), Settings.THREE));
        for (int n = 0; n < 3; n++) {
            handshakesOver(several, "websocket");
            several.lost(SILENT);
        }
        several.wakes();
        handshakesOver(several, "websocket");
        several.lost(SILENT);
        handshakesOver(several, "long-polling");
        assertEquals(0, several.action(SendHandshake.class).endpoint());
    }

    @Test
    void aTransportThatCannotBeLoadedIsLeftForTheNext() {
        client.lost(new ConfigurationException("NoSuchMethodError")).is(REHANDSHAKING, "ReportFailure",
                "SendHandshake");
        handshakesOver(client, "long-polling");
    }

    @Test
    void garbageIsNoReplyEither() {
        client.handshakeAnswered(Reply.yes().clientId("s1")).restored()
                .lost(new MalformedMessageException("HTML", null)).wakes()
                .lost(new MalformedMessageException("HTML", null))
                .is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent", "SendHandshake")
                .waitsForTheServer();
        handshakesOver(client, "long-polling");
    }

    @Test
    void afterASessionThatWasNeverConnectedTheOtherTransportWaitsForTheBackoff() {
        client.lost(SILENT).wakes().lost(SILENT);
        handshakesOver(client, "long-polling");
        client.handshakeAnswered(Reply.yes().clientId("s1").offering("websocket", "long-polling").interval(500))
                .restored().wakes().lost(SILENT).wakes().lost(SILENT);
        client.is(REHANDSHAKING, "EndAbandonedSession", "ReportFailure", "FailSent")
                .waits(Duration.ofMillis(500).plus(TestClient.BACKOFF.delay(2, 0))).wakes();
        handshakesOver(client, "websocket");
    }
}
