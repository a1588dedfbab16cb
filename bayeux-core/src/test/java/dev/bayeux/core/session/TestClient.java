package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A session machine with a clock that the test moves: takes events and remembers the result of the last one. */
final class TestClient {

    /** Without a random part, so that waits are exact. */
    static final Backoff BACKOFF = Backoff.DEFAULT.withJitter(0);

    /** After the second failure in a row. */
    static final Duration SECOND_WAIT = BACKOFF.delay(2, 0);

    static final List<Endpoint> ENDPOINTS = List.of(Endpoint.of(URI.create("http://a.example/bayeux")));

    static final SessionSettings SETTINGS = new SessionSettings(List.of("long-polling"), ENDPOINTS,
            Duration.ofSeconds(10),
            BACKOFF, OnServerDisconnect.STOP, false, true);

    private static final TransportException LOST = new TransportException(Problem.LOST, "Connection reset.", null);

    private final SessionMachine machine;
    private SessionState state;
    private List<SessionAction> actions = List.of();
    private long nowNs = 5_000_000_000L;

    TestClient(SessionSettings settings) {
        machine = new SessionMachine(settings);
        state = SessionState.initial(42, nowNs);
    }

    // Ready-made, each one step further

    static TestClient handshaking(SessionSettings settings) {
        return new TestClient(settings).happens(new ConnectWanted());
    }

    static TestClient restoring(SessionSettings settings) {
        return handshaking(settings).handshakeAnswered(Reply.yes().clientId("s1"));
    }

    static TestClient connecting(SessionSettings settings) {
        return restoring(settings).restored();
    }

    static TestClient connected(SessionSettings settings) {
        return connecting(settings).connectAnswered(Reply.yes());
    }

    static TestClient connected() {
        return connected(SETTINGS);
    }

    // What happens

    TestClient happens(SessionEvent event) {
        Transition transition = machine.step(state, event, nowNs);
        state = transition.state();
        actions = transition.actions();
        return this;
    }

    TestClient handshakeAnswered(Reply reply) {
        return happens(reply.toHandshake(state, state.outstanding()));
    }

    TestClient connectAnswered(Reply reply) {
        return happens(reply.toConnect(state.outstanding(), 0));
    }

    TestClient lost(BayeuxException failure) {
        return happens(new Lost(String.valueOf(state.outstanding()), failure));
    }

    TestClient lost() {
        return lost(LOST);
    }

    TestClient restored() {
        return happens(new Restored(state.serial()));
    }

    TestClient restoringFailed() {
        return happens(new SessionEvent.RestoringFailed(state.serial(), LOST));
    }

    TestClient after(Duration wait) {
        nowNs += wait.toNanos();
        return this;
    }

    /** Advances the time to the next event. */
    TestClient wakes() {
        nowNs = Math.max(nowNs, state.wakeAtNs());
        return happens(new TimeReached());
    }

    /** Advances the time to the next event, if time changes anything. */
    TestClient wakesIfDue() {
        return state.wakeAtNs() == Long.MAX_VALUE ? happens(new TimeReached()) : wakes();
    }

    // What it led to

    SessionState state() {
        return state;
    }

    long nowNs() {
        return nowNs;
    }

    ConnectionStatus status() {
        return state.status();
    }

    List<SessionAction> actions() {
        return actions;
    }

    <A extends SessionAction> A action(Class<A> type) {
        return type.cast(actions.stream().filter(type::isInstance).findFirst()
                .orElseThrow(() -> new AssertionError("No " + type.getSimpleName() + " in " + names())));
    }

    String clientId() {
        return state.clientId().orElse("");
    }

    /** Where it is and what it has just done, in short. */
    TestClient is(ConnectionStatus status, String... actionTypes) {
        assertEquals(status + " " + List.of(actionTypes), status() + " " + names());
        return this;
    }

    TestClient waits(Duration wait) {
        assertEquals(wait, Duration.ofNanos(state.wakeAtNs() - nowNs));
        return this;
    }

    TestClient connects(boolean atOnce) {
        assertEquals(atOnce, action(SendConnect.class).atOnce());
        return this;
    }

    TestClient waitsForTheServer() {
        assertInstanceOf(String.class, state.outstanding());
        assertEquals(Long.MAX_VALUE, state.wakeAtNs());
        return this;
    }

    List<String> names() {
        return actions.stream().map(action -> action.getClass().getSimpleName()).toList();
    }
}
