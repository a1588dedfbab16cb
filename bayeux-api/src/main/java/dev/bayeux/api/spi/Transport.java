package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches of messages between one client and its server. There are two kinds, which differ in what
 * {@link #send} returns:
 *
 * <ul>
 * <li><b>request and response</b> (long-polling): {@code send} blocks until the whole answer to the batch has arrived,
 * and returns it;
 * <li><b>full duplex</b> (WebSocket): {@code send} blocks until the batch is written, and returns {@code null}. The
 * {@link Inbox} of the {@link TransportContext} receives whatever the server sends, one frame after the other, and the
 * end of the connection.
 * </ul>
 *
 * <p><b>Threads.</b> Several virtual threads send at once: at least one held connect and one other batch, and neither
 * may wait for the other. A transport must not wait inside {@code synchronized}, which pins carriers before Java 24.
 *
 * <p><b>At most once.</b> A transport sends a batch once. It does not repeat it, and turns off such repetition in the
 * stack below (protocol.md C-56: a publish must not be doubled).
 */
public interface Transport extends AutoCloseable {

    /**
     * Carries one batch.
     *
     * @param batch the messages and the limit
     * @return the server's answer as text, never cut short; or {@code null} if answers arrive through the inbox
     * @throws TransportException if the batch or its answer could not be carried within {@link Batch#limit()}. A batch
     *             that is too long to be carried at all is rejected with
     *             {@link TransportException.Problem#MESSAGE_TOO_LONG} before any of it is sent
     * @throws InterruptedException if the thread is interrupted: the exchange is then aborted at once
     */
    @Nullable
    String send(Batch batch) throws InterruptedException;

    /**
     * Returns about how many bytes fit into one request or frame, if that is less than servers accept. The client cuts
     * waiting messages into batches of that size, each with an answer of its own; a longer message is a batch by
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
     * <li><b>Full duplex</b>: the socket ends. The inbox receives this like any other end of a connection, and the next
     * {@link #send} opens another socket.
     * </ul>
     *
     * <p>An HTTP client that the program has brought is not affected: it may have other users. Does nothing by default,
     * which is right for a transport that keeps no connection between requests.
     */
    default void dropConnection() {
        // Nothing is open that outlives a request.
    }

    /**
     * Ends everything. Sends in flight, and later ones, throw {@link TransportException} with
     * {@link TransportException.Problem#CLOSED}; connections are closed, threads end. May be called more than once and
     * on any thread; must not wait for the network.
     */
    @Override
    void close();
}
