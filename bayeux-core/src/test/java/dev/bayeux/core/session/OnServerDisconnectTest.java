package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;

import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that does not accept that the server ends the session. */
class OnServerDisconnectTest {

    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};
    private static final String[] REPLACED = {"ReportFailure", "FailSent"};

    static Stream<Reply> ends() {
        return Stream.of(Reply.yes().reconnect(Reconnect.NONE), Reply.yes().interval(-1),
                Reply.no("402::session_unknown").reconnect(Reconnect.NONE), Reply.no("x").interval(-1));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndIsFollowedByANewSessionAfterTheBackoff(Reply end) {
        TestClient client = TestClient.connected(Settings.reconnecting()).connectAnswered(end);
        client.is(REHANDSHAKING, REPLACED).waits(Duration.ofSeconds(1)).wakes().is(REHANDSHAKING, "SendHandshake");
        TestClient.connected().connectAnswered(end).is(DISCONNECTED, STOPPED);
    }

    @Test
    void aDisconnectOfTheServersOwnLikewise() {
        ServerDisconnected own = new ServerDisconnected(Reply.neither().interval(500).on(Fields.DISCONNECT, null));
        TestClient.connected(Settings.reconnecting()).happens(own).is(REHANDSHAKING, REPLACED)
                .waits(Duration.ofMillis(1500));
    }

    @Test
    void aServerThatEndsEachSessionIsAskedLessAndLess() {
        TestClient client = TestClient.connected(Settings.reconnecting());
        // Once waits are long, a handshake is earned now and then, and the same step comes again.
        for (int step : new int[]{1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 10, 11}) {
            client.connectAnswered(Reply.yes().reconnect(Reconnect.NONE)).is(REHANDSHAKING, REPLACED)
                    .waits(TestClient.BACKOFF.delay(step, 0)).wakes();
            client.handshakeAnswered(Reply.yes().clientId("s2")).restored().connectAnswered(Reply.yes());
        }
    }

    @Test
    void aRefusalOfTheHandshakeIsFinalAllTheSame() {
        TestClient.handshaking(Settings.reconnecting()).handshakeAnswered(Reply.no("x").reconnect(Reconnect.NONE))
                .is(DISCONNECTED, STOPPED);
    }

    @Test
    void refusedCredentialsAreFinalIfTheSettingSaysSo() {
        Reply refusal = Reply.no("401::x").reconnect(Reconnect.NONE);
        TestClient.connected(Settings.reconnecting().with(OnAuthenticationFailure.STOP)).connectAnswered(refusal)
                .is(DISCONNECTED, STOPPED);
        TestClient.connecting(Settings.reconnecting()).connectAnswered(refusal).is(DISCONNECTED, STOPPED);
        TestClient.connected(Settings.reconnecting()).connectAnswered(refusal).is(REHANDSHAKING, REPLACED);
    }

    @Test
    void theLimitOfAttemptsHolds() {
        SessionSettings once = new SessionSettings(TestClient.SETTINGS.connectionTypes(), TestClient.ENDPOINTS,
                TestClient.SETTINGS.replyTimeout(), TestClient.BACKOFF.withMaxAttempts(2), OnServerDisconnect.RECONNECT,
                false, true);
        TestClient client = TestClient.connecting(once);
        client.connectAnswered(Reply.yes().reconnect(Reconnect.NONE)).is(REHANDSHAKING, REPLACED).wakes();
        client.handshakeAnswered(Reply.yes().clientId("s2")).restored();
        client.connectAnswered(Reply.yes().reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
    }
}
