package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;

import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Reconnect;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures end the trying by what they are; numbers of attempts are C-14. */
class FailureKindTest {

    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};
    private static final String[] GIVEN_UP = {"ReportFailure", "FailSent", "FailQueued", "EndUnwantedSession", "End"};
    private static final BayeuxException UNKNOWN_HOST = new TransportException(Problem.UNKNOWN_HOST, "?", null);
    private static final BayeuxException FORBIDDEN = TransportException.ofStatus(403, null, "403");

    private final TestClient client = TestClient.handshaking(TestClient.SETTINGS);

    static Stream<BayeuxException> permanent() {
        return Stream.of(UNKNOWN_HOST, FORBIDDEN, TransportException.ofStatus(404, null, "404"),
                new TransportException(Problem.UNTRUSTED, "?", null), new MalformedMessageException("HTML", null));
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void threeHopelessFailuresEndAClientThatWasNeverConnected(BayeuxException failure) {
        client.lost(failure).is(REHANDSHAKING, "ReportFailure").wakes().lost(failure).is(REHANDSHAKING,
                "ReportFailure");
        client.wakes().lost(failure).is(DISCONNECTED, STOPPED);
    }

    @Test
    void hopelessFailuresOfDifferentKindsCountTogether() {
        client.lost(UNKNOWN_HOST).wakes().lost(FORBIDDEN).wakes().lost(new MalformedMessageException("HTML", null))
                .is(DISCONNECTED, STOPPED);
    }

    @Test
    void aTransientFailureRestartsTheCount() {
        client.lost(UNKNOWN_HOST).wakes().lost(UNKNOWN_HOST).wakes().lost().wakes();
        client.lost(UNKNOWN_HOST).wakes().lost(UNKNOWN_HOST).is(REHANDSHAKING, "ReportFailure");
    }

    @Test
    void aServerThatAdvisesToTryAgainIsNotHopeless() {
        for (int n = 0; n < 20; n++) {
            client.handshakeAnswered(Reply.no("401::no").reconnect(Reconnect.RETRY)).is(REHANDSHAKING, "ReportFailure");
            client.wakes();
        }
    }

    @Test
    void aRefusedHandshakeWithoutAdviceMayBeHopeless() {
        client.handshakeAnswered(Reply.no("403::denied")).wakes().handshakeAnswered(Reply.no("403::denied")).wakes();
        client.handshakeAnswered(Reply.no("403::denied")).is(DISCONNECTED, STOPPED);
    }

    @Test
    void anAcceptedHandshakeDoesNotMakeHopelessConnectsHopeful() {
        client.lost(UNKNOWN_HOST).wakes().handshakeAnswered(Reply.yes().clientId("s1")).restored();
        client.lost(UNKNOWN_HOST).is(RECONNECTING, "ReportFailure").wakes().lost(UNKNOWN_HOST).is(DISCONNECTED,
                GIVEN_UP);
    }

    @Test
    void aClientThatWasConnectedKeepsTrying() {
        TestClient connected = TestClient.connected();
        for (int n = 0; n < 20; n++) {
            connected.lost(UNKNOWN_HOST).is(RECONNECTING, "ReportFailure").wakes();
        }
        connected.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        for (int n = 0; n < 20; n++) {
            connected.lost(UNKNOWN_HOST).is(REHANDSHAKING, "ReportFailure").wakes();
        }
    }

    @Test
    void aConnectedClientWithRefusedCredentialsRetries() {
        TestClient connected = TestClient.connected();
        for (int n = 0; n < 20; n++) {
            connected.lost(FORBIDDEN).is(RECONNECTING, "ReportFailure").waits(TestClient.BACKOFF.delay(n + 1, 0))
                    .wakes();
        }
        connected.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE));
        for (int n = 0; n < 20; n++) {
            connected.lost(FORBIDDEN).is(REHANDSHAKING, "ReportFailure").wakes();
        }
    }

    @Test
    void withTheSettingThreeRefusalsEndAConnectedClientToo() {
        SessionSettings stopping = TestClient.SETTINGS.with(OnAuthenticationFailure.STOP);
        TestClient connected = TestClient.connected(stopping);
        connected.lost(FORBIDDEN).wakes().lost(FORBIDDEN).is(RECONNECTING, "ReportFailure").wakes();
        connected.lost(FORBIDDEN).is(DISCONNECTED, GIVEN_UP);
        TestClient now = TestClient.connected(stopping);
        now.lost(FORBIDDEN).wakes().connectAnswered(Reply.yes()).lost(FORBIDDEN).wakes().lost(FORBIDDEN)
                .is(RECONNECTING, "ReportFailure").wakes().connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
    }

    @Test
    void aSettingThatMustChangeIsFinal() {
        client.lost(new ConfigurationException("x")).is(DISCONNECTED, STOPPED);
        TestClient.restoring(TestClient.SETTINGS).restored().lost(new ConfigurationException("x")).is(DISCONNECTED,
                GIVEN_UP);
        TestClient.connected().lost(new ConfigurationException("x")).is(RECONNECTING, "ReportFailure");
    }
}
