package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;

/**
 * Carries batches of messages between one client and its server. A transport is of one of two kinds, and implements one of
 * the two interfaces:
 *
 * <ul>
 * <li>{@link RequestResponseTransport}, as long-polling is: each batch is a request, and the answer to it is its response;
 * <li>{@link FullDuplexTransport}, as WebSocket is: batches and whatever the server sends travel independently of each
 * other.
 * </ul>
 *
 * <p><b>Threads.</b> Several virtual threads send at once: at least one held connect and one other batch, and neither
 * may wait for the other. A transport must not wait inside {@code synchronized}, which pins carriers before Java 24.
 *
 * <p><b>At most once.</b> A transport sends a batch once. It does not repeat it, and turns off such repetition in the
 * stack below (protocol.md C-56: a publish must not be doubled).
 */
public sealed interface Transport extends AutoCloseable permits RequestResponseTransport, FullDuplexTransport {

    /**
     * Returns about how many bytes fit into one request or frame, if that is less than servers accept. The client cuts
     * waiting messages into batches of that size, each with a separate answer; a longer message is a batch by
     * itself. If a batch of several messages is too long nevertheless, the client halves it, so that in the end only
     * the message fails that does not fit. Called for each batch, and applied from the next on.
     *
     * @return the most bytes of {@link Batch#text()} in UTF-8; by default unlimited
     */
    default int maxBatchBytes() {
        return Integer.MAX_VALUE;
    }

    /**
     * Abandons open connections, because they may be dead: no answer came in time (protocol.md C-101), the network has
     * changed, or the machine has slept. May be called on any thread; must not wait for the network.
     *
     * <ul>
     * <li><b>Request and response</b>: later requests use new connections, even if other transports share the present
     * ones. Requests in flight continue, each with its own limit.
     * <li><b>Full duplex</b>: the connection ends. The inbox receives this like any other end of a connection, and the
     * next batch opens another connection.
     * </ul>
     *
     * <p>An HTTP client that the program has brought is not affected: it may have other users. Does nothing by default,
     * which is right for a transport that keeps no connection between requests.
     */
    default void dropConnection() {
        // Nothing is open that outlives a request.
    }

    /**
     * Ends everything. Batches in flight, and later ones, fail with a {@link TransportException} of
     * {@link TransportException.Problem#CLOSED}; connections are closed, threads end. May be called more than once and
     * on any thread; must not wait for the network.
     */
    @Override
    void close();
}
