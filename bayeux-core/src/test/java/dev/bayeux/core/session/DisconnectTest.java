package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import dev.bayeux.core.session.SessionState.Gate;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Disconnecting, C-90 to C-97. */
class DisconnectTest {

    private static final String[] STOPPED = {"ReportFailure", "FailSent", "FailQueued", "End"};
    private static final String[] ENDED = {"FailSent", "FailQueued", "End"};

    private final TestClient client = TestClient.connected();

    private TestClient disconnecting() {
        return client.happens(new DisconnectWanted(Duration.ofSeconds(5).toNanos()));
    }

    @Test
    @Tag("C-90")
    void disconnectDoesNotWaitForTheConnect() {
        String connect = client.state().outstanding();
        disconnecting().is(DISCONNECTING, "FailQueued", "SendDisconnect");
        assertEquals(connect, client.state().outstanding(), "the connect is still out");
    }

    static Stream<Reply> lastConnects() {
        return Stream.of(Reply.yes().reconnect(Reconnect.NONE), Reply.yes(), Reply.yes().reconnect(Reconnect.RETRY),
                Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE), Reply.no("x").interval(-1));
    }

    @ParameterizedTest
    @MethodSource("lastConnects")
    @Tag("C-91")
    void theConnectsEndTriggersNothing(Reply last) {
        disconnecting().connectAnswered(last).is(DISCONNECTING).waits(Duration.ofSeconds(5));
        client.happens(new DisconnectEnded()).is(DISCONNECTED, ENDED);
        assertFalse(client.state().lastFailure().isPresent(), "it was the program that ended the session");
    }

    @Test
    @Tag("C-92")
    void disconnectEndsWithoutAnyAnswer() {
        disconnecting().after(Duration.ofMillis(4999)).happens(new TimeReached()).is(DISCONNECTING);
        client.after(Duration.ofMillis(1)).happens(new TimeReached()).is(DISCONNECTED, ENDED);
    }

    @Test
    @Tag("C-92")
    void aSecondDisconnectChangesNothing() {
        disconnecting().after(Duration.ofSeconds(4)).happens(new DisconnectWanted(99_000_000_000L)).is(DISCONNECTING)
                .waits(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C-93")
    void theLastConnectIsWaitedFor() {
        disconnecting().happens(new DisconnectEnded()).is(DISCONNECTING).waits(Ending.LAST_CONNECT);
        client.connectAnswered(Reply.yes()).is(DISCONNECTED, ENDED);
    }

    @Test
    @Tag("C-93")
    void aConnectStillHeldIsAbandonedSoonAfterTheDisconnect() {
        disconnecting().happens(new DisconnectEnded()).after(Ending.LAST_CONNECT.minusMillis(1))
                .happens(new TimeReached()).is(DISCONNECTING);
        client.after(Duration.ofMillis(1)).happens(new TimeReached()).is(DISCONNECTED, ENDED);
    }

    @Test
    @Tag("C-92")
    @Tag("C-93")
    void theWaitForTheLastConnectEndsWithTheLimitOfTheDisconnect() {
        disconnecting().after(Duration.ofSeconds(5).minusMillis(1)).happens(new DisconnectEnded()).is(DISCONNECTING)
                .waits(Duration.ofMillis(1));
    }

    @Test
    @Tag("C-94")
    void nothingIsSentAfterDisconnect() {
        disconnecting().is(DISCONNECTING, "FailQueued", "SendDisconnect");
        assertEquals(Gate.REFUSE, client.state().gate());
    }

    @Test
    @Tag("C-95")
    void theEndForgetsTheSession() {
        disconnecting().lost().happens(new DisconnectEnded()).is(DISCONNECTED, ENDED);
        assertTrue(client.state().isOver());
        assertFalse(client.state().hasSession());
        assertEquals("", client.clientId());
    }

    static Stream<Reply> serversOwn() {
        return Stream.of(Reply.neither(), Reply.yes(), Reply.no(""), Reply.yes().reconnect(Reconnect.RETRY),
                Reply.neither().reconnect(Reconnect.HANDSHAKE));
    }

    @ParameterizedTest
    @MethodSource("serversOwn")
    @Tag("C-96")
    void serversDisconnectEndsTheSession(Reply message) {
        client.happens(new ServerDisconnected(message.on(Fields.DISCONNECT, null))).is(DISCONNECTED, STOPPED);
        assertTrue(client.state().lastFailure().orElseThrow() instanceof DisconnectedException);
        client.happens(Reply.yes().reconnect(Reconnect.NONE).toConnect("c3", 0)).is(DISCONNECTED);
    }

    @Test
    @Tag("C-97")
    void noneBeatsTheCode() {
        client.connectAnswered(Reply.no("402::session_unknown").reconnect(Reconnect.NONE)).is(DISCONNECTED, STOPPED);
        assertTrue(client.state().lastFailure().orElseThrow() instanceof RefusedException);
        assertTrue(client.action(FailSent.class).cause().getMessage().contains("session_unknown"));
    }
}
