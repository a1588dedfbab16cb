package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/** A phase of the client's life, with the data that this phase needs. */
sealed interface Phase {

    /** The status that programs see. */
    ConnectionStatus status();

    /** The client has no session and does not try to get one. */
    record Disconnected(@Nullable BayeuxException reason) implements Phase {

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTED;
        }
    }

    /** A handshake is in flight or waits to be sent; {@code again} after the first attempt has ended. */
    record Handshaking(boolean again, String connectionType, Step step) implements Phase {

        @Override
        public ConnectionStatus status() {
            return again ? ConnectionStatus.REHANDSHAKING : ConnectionStatus.HANDSHAKING;
        }
    }

    /**
     * There is a session: HANDSHAKEN, CONNECTING, CONNECTED or RECONNECTING; {@code brokenSinceNs} is when it became
     * RECONNECTING, and undefined otherwise; {@code acknowledged} is the number of the last connect reply that was
     * received (C-112), {@code null} if the server does not number them.
     */
    record Live(ConnectionStatus status, String clientId, String connectionType, @Nullable Long acknowledged,
            boolean restored, long brokenSinceNs, Step step) implements Phase {

        Live with(ConnectionStatus newStatus, Step newStep) {
            return new Live(newStatus, clientId, connectionType, acknowledged, restored, brokenSinceNs, newStep);
        }

        /** Records when a connect failed; keeps the time of the first of several. */
        Live broken(long nowNs) {
            return status == ConnectionStatus.RECONNECTING
                    ? this
                    : new Live(ConnectionStatus.RECONNECTING, clientId, connectionType, acknowledged, restored, nowNs,
                            step);
        }

        Live with(Step newStep) {
            return with(status, newStep);
        }

        Live asRestored() {
            return new Live(status, clientId, connectionType, acknowledged, true, brokenSinceNs, step);
        }

        Live acknowledging(@Nullable Long received) {
            return new Live(status, clientId, connectionType, received, restored, brokenSinceNs, step);
        }
    }

    /**
     * The session is ending. The phase ends when both the disconnect and the connect in flight have ended, or at its time
     * limit. After {@code missed} deliveries the client takes no later ones of the session (C-136).
     */
    record Disconnecting(String clientId, String connectionType, boolean answered, @Nullable String connectId,
            long untilNs, boolean missed) implements Phase {

        Disconnecting missing() {
            return new Disconnecting(clientId, connectionType, answered, connectId, untilNs, true);
        }

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTING;
        }
    }

    /**
     * The program ended the attempt while a handshake was in flight. If its reply brings a session, the client disconnects it
     * (T13).
     */
    record Abandoning(String connectionType, String handshakeId, long untilNs) implements Phase {

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTED;
        }
    }

    /**
     * The program has suspended the client. {@code live} is the session that the server may still keep, {@code null} if there
     * is none. No request is in flight, and time changes nothing. A client that resumes before {@code leastUntilNs} waits
     * until then, as the server has asked.
     */
    record Suspended(@Nullable Live live, String connectionType, long sinceNs, long leastUntilNs) implements Phase {

        Suspended withoutSession() {
            return new Suspended(null, connectionType, sinceNs, leastUntilNs);
        }

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.SUSPENDED;
        }
    }

    /** The present step of a client that wants a session. */
    sealed interface Step {
    }

    /** Waits before the next handshake or connect; the server asked for the wait up to {@code leastUntilNs}. */
    record Waiting(long untilNs, long leastUntilNs) implements Step {}

    /** Waits for the reply to a handshake or connect. */
    record Asking(String id, long sinceNs) implements Step {}

    /** Waits for the replies that restore the subscriptions; those requests have another time limit. */
    record Restoring(long serial) implements Step {}

    /** Waits, within a limit, for deliveries that the handshake reply announced (C-12). */
    record Receiving(int more, long untilNs) implements Step {}
}
