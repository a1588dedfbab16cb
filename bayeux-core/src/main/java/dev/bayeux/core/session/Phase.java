package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/** Where a client is, with just what that place needs to know. */
sealed interface Phase {

    /** The name that programs know it by. */
    ConnectionStatus status();

    /** No session, and none is being made. */
    record Disconnected(@Nullable BayeuxException reason) implements Phase {

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTED;
        }
    }

    /** A handshake is under way, or being waited for; {@code again} after the first attempt has ended. */
    record Handshaking(boolean again, String connectionType, Step step) implements Phase {

        @Override
        public ConnectionStatus status() {
            return again ? ConnectionStatus.REHANDSHAKING : ConnectionStatus.HANDSHAKING;
        }
    }

    /**
     * There is a session: HANDSHAKEN, CONNECTING, CONNECTED or UNCONNECTED; {@code brokenSinceNs} is when it became
     * UNCONNECTED, and means nothing otherwise; {@code acknowledged} is the number of the last connect reply that was
     * received (C-112), {@code null} if the server does not count them.
     */
    record Live(ConnectionStatus status, String clientId, String connectionType, @Nullable Long acknowledged,
            boolean restored, long brokenSinceNs, Step step) implements Phase {

        Live with(ConnectionStatus newStatus, Step newStep) {
            return new Live(newStatus, clientId, connectionType, acknowledged, restored, brokenSinceNs, newStep);
        }

        /** A connect has failed at that time; the first of several is remembered. */
        Live broken(long nowNs) {
            return status == ConnectionStatus.UNCONNECTED
                    ? this
                    : new Live(ConnectionStatus.UNCONNECTED, clientId, connectionType, acknowledged, restored, nowNs,
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
     * The session is being ended. Over when both the disconnect and the connect that was outstanding have ended, or the
     * time has come.
     */
    record Disconnecting(String clientId, String connectionType, boolean answered, @Nullable String connectId,
            long untilNs) implements Phase {

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTING;
        }
    }

    /**
     * The program gave up while a handshake was out. A session that its reply still brings is ended politely (T13).
     */
    record Abandoning(String connectionType, String handshakeId, long untilNs) implements Phase {

        @Override
        public ConnectionStatus status() {
            return ConnectionStatus.DISCONNECTED;
        }
    }

    /**
     * The program wants a session, but no traffic for now; {@code live} is the one that the server may still keep,
     * {@code null} if there is none. Nothing is outstanding, and time changes nothing; but up to {@code leastUntilNs} the
     * server wants to be left alone, also by who goes on.
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

    /** What a client that wants a session is doing at the moment. */
    sealed interface Step {
    }

    /** Waits before the next handshake or connect; up to {@code leastUntilNs} since the server wants it so. */
    record Waiting(long untilNs, long leastUntilNs) implements Step {}

    /** Waits for the reply to a handshake or connect. */
    record Asking(String id, long sinceNs) implements Step {}

    /** Waits for the replies that restore the subscriptions; their requests have a time limit of their own. */
    record Restoring(long serial) implements Step {}

    /** Waits for deliveries that the handshake reply has announced (C-12), but not for ever. */
    record Receiving(int more, long untilNs) implements Step {}
}
