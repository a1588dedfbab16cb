package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Reconnect;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** Table 4-B: what follows a handshake. */
class Table4BTest {

    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};

    private final TestClient client = TestClient.handshaking(TestClient.SETTINGS);

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "HANDSHAKE"})
    @Tag("C-20/B1")
    void successLeadsToTheFirstConnect(Reconnect word) {
        client.handshakeAnswered(Reply.yes().clientId("s1").reconnect(word)).is(HANDSHAKEN, "Restore");
        client.restored().is(CONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-20/B1")
    void firstConnectWaitsTheInterval() {
        client.handshakeAnswered(Reply.yes().clientId("s1").interval(600)).restored().is(HANDSHAKEN)
                .waits(Duration.ofMillis(600)).wakes().is(CONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-20/B1")
    void negativeIntervalIsNoneHere() {
        client.handshakeAnswered(Reply.yes().clientId("s1").interval(-1)).restored().is(CONNECTING, "SendConnect");
    }

    @Test
    @Tag("C-20/B2")
    void successWithNoneStops() {
        client.handshakeAnswered(Reply.yes().clientId("s1").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "HANDSHAKE"})
    @Tag("C-20/B3")
    void refusalIsTriedAgainAfterIntervalAndBackoff(Reconnect word) {
        client.handshakeAnswered(Reply.no("301::no").reconnect(word)).is(REHANDSHAKING, "ReportFailure")
                .waits(Duration.ofSeconds(1));
        client.wakes().is(REHANDSHAKING, "SendHandshake");
        client.handshakeAnswered(Reply.no("301::no").reconnect(word).interval(500)).is(REHANDSHAKING, "ReportFailure")
                .waits(TestClient.SECOND_WAIT.plusMillis(500));
        client.wakes().handshakeAnswered(Reply.no("301::no").reconnect(word).interval(-1))
                .waits(Duration.ofSeconds(2));
    }

    @Test
    @Tag("C-20/B4")
    void refusalWithNoneStopsAndShowsTheError() {
        client.handshakeAnswered(Reply.no("403::handshake_denied").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
        RefusedException reason = (RefusedException) client.state().lastFailure().orElseThrow();
        assertEquals("403::handshake_denied", reason.error().toString());
    }

    @Test
    @Tag("C-20/B5")
    void lostHandshakeIsRepeatedAfterIntervalAndBackoff() {
        client.lost().is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(1)).wakes()
                .is(REHANDSHAKING, "SendHandshake").lost().waits(TestClient.SECOND_WAIT);
    }

    @Test
    @Tag("C-20/B5")
    void theIntervalOfTheLostSessionCounts() {
        TestClient.connected().connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE).interval(5000)).wakes()
                .lost().is(REHANDSHAKING, "ReportFailure").waits(Duration.ofSeconds(6));
    }
}
