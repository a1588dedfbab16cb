package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        client.lost(failure).is(REHANDSHAKING, "TellFailure", "SendHandshake");
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        client.lost(failure).is(REHANDSHAKING, "TellFailure").waits(Duration.ofSeconds(2)).wakes();
        assertEquals("long-polling", client.action(SendHandshake.class).connectionType());
        client.lost(failure).is(DISCONNECTED, "TellFailure", "FailSent", "FailQueued", "End");
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
        client.lost(failure).is(REHANDSHAKING, "TellFailure").waits(Duration.ofSeconds(1)).wakes();
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
    void unusableTransportIsForgivenWhenTheProgramConnectsAnew() {
        client.lost(REFUSED).happens(new Aborted()).happens(new ConnectWanted()).is(HANDSHAKING, "SendHandshake");
        assertEquals("websocket", client.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void transportThatHasWorkedStays() {
        TestClient worked = TestClient.connected(Settings.types("websocket", "long-polling"));
        worked.connectAnswered(Reply.no("").reconnect(Reconnect.HANDSHAKE)).lost(REFUSED)
                .is(REHANDSHAKING, "TellFailure").wakes();
        assertEquals("websocket", worked.action(SendHandshake.class).connectionType());
    }

    @Test
    @Tag("C-20/B5")
    void refusalOfTheServerIsNoMatterOfTheTransport() {
        client.handshakeAnswered(Reply.no("400::no")).is(REHANDSHAKING, "TellFailure").wakes();
        assertEquals("websocket", client.action(SendHandshake.class).connectionType());
    }
}
