package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** Table 4-A: what follows a connect. */
class Table4ATest {

    private static final String[] SESSION_LOST = {"ReportFailure", "FailSent", "SendHandshake"};
    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};

    private final TestClient client = TestClient.connected();

    @ParameterizedTest
    @MethodSource("friendly")
    @Tag("C-20/A1")
    void successConnectsAgainWithoutAdvice(Reply reply) {
        client.connectAnswered(reply).is(CONNECTED, "SendConnect").connects(false);
    }

    static Stream<Reply> friendly() {
        return Stream.of(Reply.yes(), Reply.yes().reconnect(null), Reply.yes().reconnect(Reconnect.RETRY),
                Reply.yes().reconnect(Reconnect.RETRY).interval(0));
    }

    @Test
    @Tag("C-20/A1")
    void successWaitsTheStoredInterval() {
        client.connectAnswered(Reply.yes().interval(5000)).is(CONNECTED).waits(Duration.ofSeconds(5));
        client.wakes().connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(5));
    }

    @Test
    @Tag("C-20/A1")
    void successResetsTheBackoff() {
        client.lost().wakes().lost().waits(TestClient.SECOND_WAIT).wakes().connectAnswered(Reply.yes());
        client.lost().waits(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @MethodSource("handshakeWord")
    @Tag("C-20/A2")
    void successWithHandshakeMakesANewSession(Reply reply) {
        client.connectAnswered(reply).is(REHANDSHAKING, "FailSent", "SendHandshake");
    }

    static Stream<Reply> handshakeWord() {
        Reply reply = Reply.yes().reconnect(Reconnect.HANDSHAKE);
        return Stream.of(reply, reply.interval(0), reply.interval(-1));
    }

    @Test
    @Tag("C-20/A2")
    void newSessionWaitsTheInterval() {
        client.connectAnswered(Reply.yes().reconnect(Reconnect.HANDSHAKE).interval(700)).is(REHANDSHAKING, "FailSent")
                .waits(Duration.ofMillis(700));
    }

    @Test
    @Tag("C-20/A3")
    void successWithNoneStops() {
        client.connectAnswered(Reply.yes().reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "NONE"})
    @Tag("C-20/A4")
    void negativeIntervalStopsWhateverTheOutcome(Reconnect word) {
        TestClient.connected().connectAnswered(Reply.yes().reconnect(word).interval(-1)).is(DISCONNECTED, STOPPED);
        TestClient.connected().connectAnswered(Reply.no("402::session_unknown").reconnect(word).interval(-1))
                .is(DISCONNECTED, STOPPED);
    }

    @Test
    @Tag("C-20/A5")
    void refusalWithRetryConnectsAgainAfterIntervalAndBackoff() {
        client.connectAnswered(Reply.no("402::session_unknown").reconnect(Reconnect.RETRY).interval(300))
                .is(RECONNECTING, "ReportFailure").waits(Duration.ofMillis(1300));
        client.wakes().is(RECONNECTING, "SendConnect").connects(true);
    }

    @Test
    @Tag("C-20/A6")
    void refusalWithHandshakeMakesANewSession() {
        Reply reply = Reply.no("500::anything").reconnect(Reconnect.HANDSHAKE);
        client.connectAnswered(reply).is(REHANDSHAKING, SESSION_LOST);
        TestClient.connected().connectAnswered(reply.interval(-1)).is(REHANDSHAKING, SESSION_LOST);
        TestClient.connected().connectAnswered(reply.interval(250)).is(REHANDSHAKING, "ReportFailure", "FailSent")
                .waits(Duration.ofMillis(250)).wakes().is(REHANDSHAKING, "SendHandshake");
    }

    @Test
    @Tag("C-20/A6")
    void newSessionResetsTheBackoff() {
        client.lost().wakes().lost().wakes().connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        client.lost().is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C-20/A7")
    void refusalWithNoneStopsAndShowsTheError() {
        client.connectAnswered(Reply.no("403:a,b:denied").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
        RefusedException reason = (RefusedException) client.state().lastFailure().orElseThrow();
        assertEquals("403:a,b:denied", reason.error().toString());
    }

    @Test
    @Tag("C-20/A8")
    void theTextDecidesAboutARefusalWithoutReconnect() {
        client.connectAnswered(Reply.no("402::session_unknown")).is(REHANDSHAKING, SESSION_LOST);
        TestClient.connected().connectAnswered(Reply.no("402::session_unknown").interval(0))
                .is(REHANDSHAKING, SESSION_LOST);
        TestClient.connected().connectAnswered(Reply.no("500::busy")).is(RECONNECTING, "ReportFailure")
                .waits(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C-20/A9")
    void unknownWordIsAsIfAbsent() {
        // What is read from an unknown word is an advice without one.
        client.connectAnswered(Reply.yes().reconnect(null).interval(0)).is(CONNECTED, "SendConnect");
        client.connectAnswered(Reply.no("Unknown client").reconnect(null)).is(REHANDSHAKING, SESSION_LOST);
        TestClient.connected().connectAnswered(Reply.no("No.").reconnect(null)).is(RECONNECTING, "ReportFailure");
    }

    @Test
    @Tag("C-20/A10")
    void lostConnectIsRepeatedInTheSameSession() {
        client.connectAnswered(Reply.yes().interval(400)).wakes().lost().is(RECONNECTING, "ReportFailure")
                .waits(Duration.ofMillis(1400)).wakes().is(RECONNECTING, "SendConnect").connects(true);
        assertEquals("s1", client.action(SendConnect.class).clientId());
    }

    @Test
    @Tag("C-20/A10")
    void whateverLostItIsOneMoreFailure() {
        client.lost(new MalformedMessageException("A page of HTML.", null)).is(RECONNECTING, "ReportFailure").wakes()
                .lost().is(RECONNECTING, "ReportFailure").waits(TestClient.SECOND_WAIT);
        assertEquals(2, client.state().failures());
    }

    @Test
    @Tag("C-20/A11")
    void sessionThatMustHaveExpiredIsNotTriedAgain() {
        TestClient steady = TestClient.connected(Settings.backoff(
                Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(1)).withJitter(0)));
        steady.connectAnswered(Reply.yes().timeout(1000).interval(0).maxInterval(1000));
        steady.lost().wakes().lost().is(RECONNECTING, "ReportFailure"); // 1 s since the first, 1 s of backoff: 2 s is not more
        steady.wakes().lost().is(REHANDSHAKING, SESSION_LOST); // 2 s since the first
        steady.lost().is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1)); // backoff began anew
    }

    @Test
    @Tag("C-20/A11")
    void timeSinceTheFirstFailureCounts() {
        client.connectAnswered(Reply.yes().timeout(3000).interval(0).maxInterval(1000));
        client.lost().wakes().lost().is(RECONNECTING, "ReportFailure"); // 1 s and 1.4 s
        client.wakes().lost().is(REHANDSHAKING, SESSION_LOST); // 2.4 s and 2 s: more than 4 s, though neither is alone
    }

    @Test
    @Tag("C-20/A11")
    void aSuccessRestartsTheTime() {
        client.connectAnswered(Reply.yes().timeout(4000).interval(0).maxInterval(1000));
        for (int n = 0; n < 10; n++) {
            client.lost().wakes().lost().wakes().is(RECONNECTING, "SendConnect").connectAnswered(Reply.yes());
        }
        client.is(CONNECTED, "SendConnect");
    }

    @Test
    @Tag("C-20/A11")
    void withoutMaxIntervalASessionIsTriedForEver() {
        client.connectAnswered(Reply.yes().timeout(0));
        for (int n = 0; n < 100; n++) {
            client.lost().is(RECONNECTING, "ReportFailure").wakes();
        }
    }
}
