package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionState.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshake and negotiation, C-01 to C-14. */
class HandshakeTest {

    private static final Reply ACCEPTED = Reply.yes().clientId("s1");

    private final TestClient client = TestClient.handshaking(Settings.types("websocket", "long-polling"));

    @Test
    @Tag("C-01")
    void nothingElseIsSentBeforeTheSession() {
        client.is(HANDSHAKING, "SendHandshake").waitsForTheServer();
        assertEquals(Gate.HOLD, client.state().gate());
    }

    @Test
    @Tag("C-04")
    void clientIdIsAnOpaqueString() {
        client.handshakeAnswered(Reply.yes().clientId("0b-7f/?\" ü")).restored();
        assertEquals("0b-7f/?\" ü", client.action(SendConnect.class).clientId());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    @Tag("C-04")
    void yesWithoutAClientIdIsAFailedHandshake(String none) {
        client.handshakeAnswered(Reply.yes().clientId(none).interval(300)).is(REHANDSHAKING, "ReportFailure")
                .waits(Duration.ofMillis(1300));
        assertTrue(client.state().lastFailure().orElseThrow() instanceof MalformedMessageException);
        client.wakes().handshakeAnswered(Reply.yes().clientId(none).reconnect(Reconnect.NONE)).is(DISCONNECTED,
                "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    @Tag("C-04")
    void replyThatDoesNotSayYesIsAFailedHandshake() {
        client.handshakeAnswered(Reply.neither().clientId("s1")).is(REHANDSHAKING, "ReportFailure");
    }

    @Test
    @Tag("C-05")
    void ownOrderDecides() {
        client.handshakeAnswered(ACCEPTED.offering("callback-polling", "long-polling", "?", "websocket")).restored();
        assertEquals("websocket", client.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-06")
    void noCommonTransportNamesBothListsAndIsFinal() {
        client.handshakeAnswered(ACCEPTED.offering("iframe", "flash")).is(DISCONNECTED, "ReportFailure", "FailSent",
                "FailQueued", "EndUnwantedSession", "End");
        ConfigurationException reason = (ConfigurationException) client.state().lastFailure().orElseThrow();
        assertTrue(reason.getMessage().contains("[iframe, flash]"), reason.getMessage());
        assertTrue(reason.getMessage().contains("[websocket, long-polling]"), reason.getMessage());
    }

    @Test
    @Tag("C-07")
    void withoutTypesTheTransportStays() {
        client.handshakeAnswered(ACCEPTED).restored();
        assertEquals("websocket", client.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-06")
    void anEmptyListOfTypesIsNoTransportInCommon() {
        client.handshakeAnswered(ACCEPTED.offering()).is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued",
                "EndUnwantedSession", "End");
        assertInstanceOf(ConfigurationException.class, client.state().lastFailure().orElseThrow());
    }

    @Test
    @Tag("C-14")
    void aServerThatAdvisesHandshakeForEverIsReportedAsAFailure() {
        TestClient limited = TestClient.handshaking(Settings.backoff(TestClient.BACKOFF.withMaxAttempts(4)));
        for (int n = 1; n < 4; n++) {
            limited.handshakeAnswered(ACCEPTED).restored().connectAnswered(Reply.yes().reconnect(Reconnect.HANDSHAKE));
            limited.action(SessionAction.ReportFailure.class);
            assertTrue(
                    limited.state().lastFailure().orElseThrow().getMessage().contains("advice reconnect: handshake"));
            limited.wakesIfDue();
        }
        limited.handshakeAnswered(ACCEPTED).restored().connectAnswered(Reply.yes().reconnect(Reconnect.HANDSHAKE))
                .is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    @Tag("C-08")
    void connectUsesTheChosenTransport() {
        TestClient other = TestClient.handshaking(Settings.types("callback-polling", "long-polling"));
        other.handshakeAnswered(ACCEPTED.offering("long-polling")).restored();
        assertEquals("long-polling", other.action(SendConnect.class).connectionType());
    }

    @Test
    @Tag("C-09")
    void onlyTheReplyToTheOutstandingHandshakeCounts() {
        String first = client.state().outstanding();
        client.lost().wakes();
        client.happens(ACCEPTED.toHandshake(first, false)).is(REHANDSHAKING);
        client.handshakeAnswered(ACCEPTED.clientId("s2")).is(HANDSHAKEN, "Restore");
        client.happens(ACCEPTED.toHandshake(first, false)).is(HANDSHAKEN);
        assertEquals("s2", client.clientId());
    }

    @Test
    @Tag("C-10")
    void handshakeForgetsAllEarlierAdvice() {
        TestClient lost = TestClient.connected();
        lost.connectAnswered(Reply.yes().interval(3000).timeout(9000).maxInterval(10).multipleClients()).wakes()
                .connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE).interval(3000)).wakes();
        lost.handshakeAnswered(ACCEPTED);
        assertEquals(StoredAdvice.DEFAULT, lost.state().advice());
        lost.restored().is(CONNECTING, "ReportRenewed", "SendConnect").connectAnswered(Reply.yes()).is(CONNECTED,
                "SendConnect");
    }

    @Test
    @Tag("C-11")
    void subscriptionsAreRestoredBeforeTheFirstConnect() {
        client.handshakeAnswered(ACCEPTED).is(HANDSHAKEN, "Restore").restored().is(CONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-12")
    void announcedDeliveriesComeBeforeTheFirstConnect() {
        client.handshakeAnswered(ACCEPTED.xMessages(3)).is(HANDSHAKEN);
        client.happens(new Delivered(1)).is(HANDSHAKEN).happens(new Delivered(1)).is(HANDSHAKEN);
        client.happens(new Delivered(1)).is(HANDSHAKEN, "Restore").restored().is(CONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-12")
    void moreThanAnnouncedIsEnough() {
        client.handshakeAnswered(ACCEPTED.xMessages(3)).happens(new Delivered(9)).is(HANDSHAKEN, "Restore");
    }

    @Test
    @Tag("C-12")
    void announcedDeliveriesAreNotWaitedForForEver() {
        client.handshakeAnswered(ACCEPTED.xMessages(3)).waits(Duration.ofSeconds(10)).happens(new Delivered(1));
        client.waits(Duration.ofSeconds(10)).wakes().is(HANDSHAKEN, "Restore");
    }

    @Test
    @Tag("C-13")
    void neverAConnectAfterARefusal() {
        for (int n = 0; n < 50; n++) {
            client.handshakeAnswered(Reply.no("500::x").reconnect(Reconnect.RETRY)).is(REHANDSHAKING, "ReportFailure");
            client.wakes().is(REHANDSHAKING, "SendHandshake");
        }
    }

    @Test
    @Tag("C-14")
    void attemptsHaveALimit() {
        TestClient limited = TestClient.handshaking(Settings.backoff(TestClient.BACKOFF.withMaxAttempts(3)));
        limited.lost().wakes().lost().is(REHANDSHAKING, "ReportFailure").wakes();
        limited.lost().is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    @Tag("C-14")
    void tryingHasATimeLimit() {
        Backoff limit = TestClient.BACKOFF.withMaxTime(Duration.ofSeconds(4));
        TestClient limited = TestClient.handshaking(Settings.backoff(limit));
        limited.lost().wakes().lost().wakes().lost().is(REHANDSHAKING, "ReportFailure"); // 2.4 s after the first
        limited.wakes().lost().is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    @Tag("C-14")
    void sessionsThatAreNeverConnectedCountAsFailures() {
        TestClient limited = TestClient.handshaking(Settings.backoff(TestClient.BACKOFF.withMaxAttempts(5)));
        int cycles = 0;
        while (limited.status() != DISCONNECTED && cycles < 100) {
            limited.handshakeAnswered(ACCEPTED).restored()
                    .connectAnswered(Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE)).wakesIfDue();
            cycles++;
        }
        assertEquals(5, cycles);
    }

    @Test
    @Tag("C-14")
    void connectedEndsTheRow() {
        TestClient limited = TestClient.connected(Settings.backoff(TestClient.BACKOFF.withMaxAttempts(3)));
        for (int n = 0; n < 20; n++) {
            limited.lost().wakes().lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        }
        assertEquals(0, limited.state().failures());
        assertFalse(limited.state().lastFailure().isPresent());
    }

    @Test
    @Tag("C-14")
    void anAttemptAtTheEndOfTheTimeIsTheLast() {
        Backoff limit = TestClient.BACKOFF.withMaxTime(Duration.ofSeconds(1));
        TestClient.handshaking(Settings.backoff(limit)).lost().is(REHANDSHAKING, "ReportFailure").wakes().lost()
                .is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued", "End");
    }

    @Test
    @Tag("C-14")
    void theLastAttemptIsTheLastAlthoughAnotherTransportIsLeft() {
        TestClient limited = TestClient.handshaking(new SessionSettings(List.of("websocket", "long-polling"),
                TestClient.ENDPOINTS, TestClient.SETTINGS.replyTimeout(), TestClient.BACKOFF.withMaxAttempts(1),
                OnServerDisconnect.STOP, false, true));
        limited.lost(TransportException.notUpgraded(404, null, "404")).is(DISCONNECTED, "ReportFailure", "FailSent",
                "FailQueued", "End");
    }

    @Test
    void failuresNameTheServer() {
        client.handshakeAnswered(ACCEPTED.offering("iframe"));
        assertTrue(client.state().lastFailure().orElseThrow().getMessage().contains("http://a.example/bayeux"));
    }
}
