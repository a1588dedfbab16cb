package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** Advice, C-24 to C-34; how its text is read (C-29, C-30) is the reader's business. */
class AdviceTest {

    private static final StoredAdvice STORED = new StoredAdvice(700, 20_000, 10_000L, true);

    private final TestClient client = TestClient.connected();

    @Test
    @Tag("C-24")
    void adviceCountsInAnyMessage() {
        client.happens(Reply.neither().interval(900).toPublish()).connectAnswered(Reply.yes()).is(CONNECTED)
                .waits(Duration.ofMillis(900));
        client.wakes().happens(Reply.yes().interval(0).timeout(5000).toPublish()).connectAnswered(Reply.yes());
        assertEquals(15_000, client.action(SendConnect.class).limitMs());
    }

    @Test
    @Tag("C-25")
    void newAdviceReplacesIntervalAndFlag() {
        assertEquals(new StoredAdvice(0, 20_000, 10_000L, false),
                STORED.merge(new Advice(Reconnect.RETRY, null, null, null, null, List.of())));
        assertEquals(new StoredAdvice(5, 20_000, 10_000L, false),
                STORED.merge(new Advice(null, 5L, null, null, false, List.of())));
    }

    @Test
    @Tag("C-25")
    void newAdviceOverwritesTheRestOnlyWhereItHasIt() {
        assertEquals(new StoredAdvice(0, 1, 2L, true), STORED.merge(new Advice(null, null, 1L, 2L, true, List.of())));
    }

    @Test
    @Tag("C-25")
    void noAdviceChangesNothing() {
        assertEquals(STORED, STORED.merge(null));
    }

    @Test
    @Tag("C-25")
    void negativeIntervalIsNotStored() {
        assertEquals(0, STORED.merge(new Advice(Reconnect.HANDSHAKE, -1L, null, null, null, List.of())).intervalMs());
    }

    @Test
    @Tag("C-26")
    void intervalOfARefusalCountsForTheVeryNextAttempt() {
        client.connectAnswered(Reply.no("x").reconnect(Reconnect.RETRY).interval(4000))
                .is(RECONNECTING, "ReportFailure")
                .waits(Duration.ofSeconds(5));
        TestClient.handshaking(TestClient.SETTINGS).handshakeAnswered(Reply.no("x").interval(4000))
                .waits(Duration.ofSeconds(5));
        TestClient.handshaking(Settings.withCredentials())
                .handshakeAnswered(Reply.no("401::no").reconnect(Reconnect.HANDSHAKE).interval(4000))
                .is(REHANDSHAKING, "ReportFailure", "RenewCredentials").waits(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-27")
    void wordCountsForItsReplyOnly(Reconnect word) {
        TestClient made = TestClient.restoring(TestClient.SETTINGS);
        made.happens(Reply.yes().reconnect(word).toPublish()).restored();
        made.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        made.lost().is(RECONNECTING, "ReportFailure").wakes().is(RECONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-27")
    void handshakeWordOfALostSessionDoesNotLoop() {
        client.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE)).is(REHANDSHAKING, "ReportFailure",
                "FailSent", "SendHandshake");
        // A server whose handshake reply has no advice at all.
        client.handshakeAnswered(Reply.yes().clientId("s2")).restored().connectAnswered(Reply.yes())
                .is(CONNECTED, "SendConnect").connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-28")
    void refusedMessageWithHandshakeReplacesTheSessionOnce() {
        Reply refused = Reply.no("401:s1:Unknown client").reconnect(Reconnect.HANDSHAKE);
        client.happens(refused.toPublish()).is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
        client.happens(refused.toPublish()).is(REHANDSHAKING);
        assertFalse(client.state().lastFailure().isPresent(), "a session that was connected may be lost");
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "NONE"})
    @Tag("C-28")
    void refusedMessageWithAnotherWordIsTheCallersBusiness(Reconnect word) {
        client.happens(Reply.no("402::session_unknown").reconnect(word).interval(-1).toPublish()).is(CONNECTED);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-28")
    void wordInADeliveryOrAnAcceptedMessageMeansNothing(Reconnect word) {
        client.happens(Reply.neither().reconnect(word).toPublish()).is(CONNECTED);
        client.happens(Reply.yes().reconnect(word).toPublish()).is(CONNECTED);
    }

    @Test
    @Tag("C-31")
    void multipleClientsPollsAtTheIntervalAndIsShown() {
        Reply polled = Reply.yes().reconnect(Reconnect.RETRY).interval(2000).multipleClients();
        for (int n = 0; n < 30; n++) {
            client.connectAnswered(polled).is(CONNECTED).waits(Duration.ofSeconds(2));
            assertTrue(client.state().multipleClients());
            client.wakes().is(CONNECTED, "SendConnect");
        }
        client.connectAnswered(Reply.yes().reconnect(Reconnect.RETRY).interval(0)).is(CONNECTED, "SendConnect");
        assertFalse(client.state().multipleClients());
    }

    @Test
    @Tag("C-31")
    void refusingFormStopsAndIsShown() {
        client.connectAnswered(Reply.no("").reconnect(Reconnect.NONE).multipleClients()).is(DISCONNECTED,
                "ReportFailure",
                "FailSent", "FailQueued", "End");
        assertTrue(client.state().multipleClients());
    }

    @Test
    @Tag("C-34")
    void defaultsWithoutAnyAdvice() {
        assertEquals(new StoredAdvice(0, 60_000, null, false), client.state().advice());
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        assertEquals(70_000, client.action(SendConnect.class).limitMs());
    }
}
