package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionEvent.ReplyReceived;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reply to a publish or subscribe proves about the server and the session (C-138). */
@Tag("C-138")
class OtherReplyTest {

    private static final String[] NEW_SESSION = {"ReportFailure", "FailSent", "SendHandshake"};
    private static final ReplyReceived ACCEPTED = new ReplyReceived(Reply.yes().on("/chat", "7"));

    private final TestClient client = TestClient.connected();

    private static ReplyReceived refused(String channel, String error) {
        return new ReplyReceived(Reply.no(error).on(channel, "7"));
    }

    private TestClient waiting(int failures) {
        for (int n = 1; n < failures; n++) {
            client.lost().wakes();
        }
        return client.lost().is(RECONNECTING, "ReportFailure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", Fields.SUBSCRIBE, Fields.UNSUBSCRIBE})
    void anUnknownSessionEndsTheWaitWithAHandshake(String channel) {
        waiting(8).happens(refused(channel, "402::session_unknown")).is(REHANDSHAKING, NEW_SESSION);
    }

    @Test
    void anUnknownClientEndsTheWaitWithAHandshake() {
        waiting(8).happens(refused(Fields.SUBSCRIBE, "401:x:Unknown client")).is(REHANDSHAKING, NEW_SESSION);
    }

    @Test
    void theBudgetOfHandshakesBoundsIt() {
        for (int n = 1; n < RequestBudget.HANDSHAKES; n++) {
            waiting(1).happens(refused("/chat", "402::session_unknown")).is(REHANDSHAKING, NEW_SESSION)
                    .handshakeAnswered(Reply.yes().clientId("s2")).restored();
        }
        waiting(1).happens(refused("/chat", "402::session_unknown")).is(REHANDSHAKING, "ReportFailure", "FailSent")
                .waits(Duration.ofSeconds(1));
    }

    @Test
    void aWaitThatTheServerAskedForContinues() {
        client.lost(TransportException.ofStatus(503, Duration.ofSeconds(20), "busy")).after(Duration.ofSeconds(5))
                .happens(refused("/chat", "402::session_unknown")).is(REHANDSHAKING, "ReportFailure", "FailSent")
                .waits(Duration.ofSeconds(15));
    }

    @Test
    void aSuccessEndsTheWaitWithAConnect() {
        waiting(8).happens(ACCEPTED).is(RECONNECTING, "SendConnect").connectAnswered(Reply.yes()).is(CONNECTED,
                "SendConnect");
    }

    @Test
    void aSuccessDoesNotEndTheWaitAgainAndAgain() {
        for (int n = 1; n < RequestBudget.HANDSHAKES; n++) {
            client.lost().happens(ACCEPTED).is(RECONNECTING, "SendConnect");
        }
        client.lost().happens(ACCEPTED).is(RECONNECTING).waits(Duration.ofSeconds(2));
    }

    @Test
    void aSuccessDoesNotEndWhatTheServerAsksFor() {
        client.lost(TransportException.ofStatus(503, Duration.ofSeconds(20), "busy")).happens(ACCEPTED)
                .is(RECONNECTING).waits(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "RETRY"})
    void adviceWins(Reconnect word) {
        waiting(8).happens(new ReplyReceived(Reply.no("402::session_unknown").reconnect(word).on("/chat", "7")))
                .is(RECONNECTING);
    }

    @Test
    void anotherRefusalSaysNothingOfTheSession() {
        waiting(8).happens(refused("/chat", "403::denied")).is(RECONNECTING);
    }

    @Test
    void anUnknownSessionEndsTheConnectAfterAFailure() {
        waiting(2).wakes().is(RECONNECTING, "SendConnect").happens(refused("/chat", "402::session_unknown"))
                .is(REHANDSHAKING, NEW_SESSION);
    }

    @Test
    void anotherRefusalDoesNotEndTheConnectAfterAFailure() {
        waiting(2).wakes().happens(refused("/chat", "403::denied")).is(RECONNECTING);
    }

    @Test
    void aHeldConnectContinues() {
        client.happens(refused("/chat", "402::session_unknown")).is(CONNECTED).happens(ACCEPTED).is(CONNECTED);
    }
}
