package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;

import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Reconnect;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused credentials: fresh ones get one try. */
class CredentialsTest {

    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};
    private static final String[] GIVEN_UP = {"ReportFailure", "FailSent", "FailQueued", "EndUnwantedSession", "End"};
    private static final Reply DENIED = Reply.no("403::handshake_denied");

    private final SessionSettings settings = Settings.withCredentials();
    private final TestClient client = TestClient.handshaking(settings);

    @ParameterizedTest
    @NullSource
    @EnumSource
    void refusedHandshakeIsRepeatedOnceWithFreshCredentials(Reconnect word) {
        client.handshakeAnswered(DENIED.reconnect(word)).is(REHANDSHAKING, "ReportFailure", "RenewCredentials",
                "SendHandshake");
        client.handshakeAnswered(DENIED.reconnect(word)).is(DISCONNECTED, STOPPED);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "NONE"})
    void refusedConnectNeedsANewSession(Reconnect word) {
        TestClient connected = TestClient.connected(settings);
        connected.connectAnswered(Reply.no("401::Authentication invalid").reconnect(word)).is(REHANDSHAKING,
                "ReportFailure", "FailSent", "RenewCredentials", "SendHandshake");
        connected.handshakeAnswered(Reply.yes().clientId("s2")).restored();
        connected.connectAnswered(Reply.no("401::Authentication invalid").reconnect(word)).is(REHANDSHAKING,
                "ReportFailure", "FailSent", "RenewCredentials").waits(Duration.ofSeconds(1)).wakes();
        connected.handshakeAnswered(DENIED.reconnect(word)).is(REHANDSHAKING, "ReportFailure", "RenewCredentials")
                .waits(TestClient.SECOND_WAIT).wakes();
        connected.handshakeAnswered(Reply.yes().clientId("s3")).restored().connectAnswered(Reply.yes()).is(CONNECTED,
                "SendConnect");
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"RETRY", "NONE"})
    void aClientThatWasNeverConnectedStopsWithTheSecondRefusal(Reconnect word) {
        TestClient connecting = TestClient.connecting(settings);
        connecting.connectAnswered(Reply.no("401::Authentication invalid").reconnect(word)).handshakeAnswered(
                Reply.yes().clientId("s2")).restored();
        connecting.connectAnswered(Reply.no("401::Authentication invalid").reconnect(word)).is(DISCONNECTED, STOPPED);
    }

    @Test
    void theSettingStopsAConnectedClientWithTheSecondRefusal() {
        TestClient stopping = TestClient.connected(settings.with(OnAuthenticationFailure.STOP));
        stopping.connectAnswered(Reply.no("401::expired")).handshakeAnswered(DENIED).is(DISCONNECTED, STOPPED);
    }

    @Test
    void aSuccessfulConnectAllowsAnotherRenewal() {
        TestClient connected = TestClient.connected(settings);
        for (int n = 0; n < 3; n++) {
            connected.after(Duration.ofHours(1)).connectAnswered(Reply.no("401::expired")).is(REHANDSHAKING,
                    "ReportFailure", "FailSent", "RenewCredentials", "SendHandshake");
            connected.handshakeAnswered(Reply.yes().clientId("s2")).restored().connectAnswered(Reply.yes())
                    .is(CONNECTED, "SendConnect");
        }
    }

    @Test
    void renewalsAreBoundedByTheBudgetOfHandshakes() {
        TestClient connected = TestClient.connected(settings);
        for (int n = 0; n < 2; n++) {
            connected.connectAnswered(Reply.no("401::expired")).handshakeAnswered(Reply.yes().clientId("s2")).restored()
                    .connectAnswered(Reply.yes());
        }
        connected.connectAnswered(Reply.no("401::expired")).is(REHANDSHAKING, "ReportFailure", "FailSent",
                "RenewCredentials").waits(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void aRefusalAfterFreshCredentialsIsFinal(int status) {
        TransportException refused = TransportException.ofStatus(status, null, "refused");
        client.lost(refused).is(DISCONNECTED, STOPPED);
        TestClient.connected(settings.with(OnAuthenticationFailure.STOP)).lost(refused).is(DISCONNECTED, GIVEN_UP);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void aConnectedClientRetriesWhenTheTransportIsRefused(int status) {
        TestClient connected = TestClient.connected(settings);
        for (int n = 1; n < 20; n++) {
            connected.lost(TransportException.ofStatus(status, null, "refused")).is(RECONNECTING, "ReportFailure")
                    .waits(TestClient.BACKOFF.delay(n, 0)).wakes();
        }
        connected.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    /** A redeploy, a firewall or a rate limiter answers every client like this for a while. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectedClientWithoutCredentialsRetriesToo(boolean upgrade) {
        TestClient connected = TestClient.connected(Settings.types("websocket"));
        TransportException refused = upgrade
                ? TransportException.notUpgraded(403, null, "no upgrade")
                : TransportException.ofStatus(403, null, "refused");
        for (int n = 1; n < 20; n++) {
            connected.lost(refused).is(RECONNECTING, "ReportFailure").wakes();
        }
        connected.connectAnswered(Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE)).is(REHANDSHAKING,
                "ReportFailure", "FailSent", "SendHandshake");
        for (int n = 1; n < 20; n++) {
            connected.lost(refused).is(REHANDSHAKING, "ReportFailure").wakes();
        }
        connected.handshakeAnswered(Reply.yes().clientId("s2")).restored().connectAnswered(Reply.yes()).is(CONNECTED,
                "SendConnect");
    }

    @Test
    void lostSessionIsNoMatterOfCredentialsWhateverItsCode() {
        TestClient.connected(settings).connectAnswered(Reply.no("401:s1:Unknown client").reconnect(Reconnect.RETRY))
                .is(RECONNECTING, "ReportFailure");
        TestClient.connected(settings).connectAnswered(Reply.no("401::x").reconnect(Reconnect.HANDSHAKE))
                .is(REHANDSHAKING, "ReportFailure", "FailSent", "SendHandshake");
    }

    @Test
    void withoutASourceTheAdviceDecides() {
        TestClient.connected().connectAnswered(Reply.no("401::x").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
        TestClient.connected().connectAnswered(Reply.no("401::x").reconnect(Reconnect.RETRY)).is(RECONNECTING,
                "ReportFailure");
    }

    @Test
    @Tag("C-14")
    void aRefusalIsNotFinalWhileTheServerAdvisesToRetry() {
        TestClient retrying = TestClient.connecting(TestClient.SETTINGS);
        for (int n = 0; n < 5; n++) {
            retrying.connectAnswered(Reply.no("401::x").reconnect(Reconnect.RETRY)).is(RECONNECTING, "ReportFailure")
                    .wakes();
        }
        TestClient denied = TestClient.connecting(TestClient.SETTINGS);
        for (int n = 1; n < GivingUp.PERMANENT_FAILURES; n++) {
            denied.connectAnswered(Reply.no("401::x")).is(RECONNECTING, "ReportFailure").wakes();
        }
        denied.connectAnswered(Reply.no("401::x")).is(DISCONNECTED, "ReportFailure", "FailSent", "FailQueued",
                "EndUnwantedSession", "End");
    }
}
