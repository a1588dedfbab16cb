package dev.bayeux.api.extension;

import dev.bayeux.api.error.BayeuxException;

/** Describes a change of a client's session, for extensions. Later versions may add kinds. */
public sealed interface SessionChange {

    /**
     * Reports that the server has granted a session.
     *
     * @param renewed whether it replaces a lost one; {@code false} for the first after a connect
     */
    record Started(boolean renewed) implements SessionChange {}

    /**
     * Reports that a handshake has failed.
     *
     * @param cause the failure
     */
    record HandshakeFailed(BayeuxException cause) implements SessionChange {}

    /** Reports that the session has ended: disconnected by either side, or lost. */
    record Ended() implements SessionChange {}
}
