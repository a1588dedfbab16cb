package dev.bayeux.api.spi;

import dev.bayeux.api.error.BayeuxException;

/** What becomes of a client's sessions, as extensions are told it. Later versions may add kinds. */
public sealed interface SessionChange {

    /**
     * The server has given us a session.
     *
     * @param renewed whether it takes the place of one that was lost; {@code false} for the first after a connect
     */
    record Started(boolean renewed) implements SessionChange {}

    /**
     * A handshake has failed.
     *
     * @param cause why
     */
    record HandshakeFailed(BayeuxException cause) implements SessionChange {}

    /** There is no session any more: disconnected by either side, or lost. */
    record Ended() implements SessionChange {}
}
