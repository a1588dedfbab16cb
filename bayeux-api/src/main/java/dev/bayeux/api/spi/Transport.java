package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches of messages between one client and its server. There are two kinds, told apart by what {@link #send}
 * returns:
 *
 * <ul>
 * <li><b>request and response</b> (long-polling): {@code send} blocks until the whole answer to that batch has arrived
 * and returns it;
 * <li><b>full duplex</b> (WebSocket): {@code send} blocks until the batch is written and returns {@code null}; whatever
 * the server says goes to the {@link Inbox} of the {@link TransportContext}, one frame after the other, and so does the
 * end of the connection.
 * </ul>
 *
 * <p><b>Threads.</b> Several virtual threads send at once: at least one held connect and one other batch, neither of
 * which may wait for the other. {@code synchronized} must not be held while waiting (it pins carriers before Java 24).
 *
 * <p><b>Never again.</b> A batch is sent once. A transport does not repeat it, and turns off such repetition in the
 * stack below (protocol.md C-56: a publish must not be doubled).
 */
public interface Transport extends AutoCloseable {

    /**
     * Carries one batch.
     *
     * @param batch what to send and how long it may take
     * @return the server's answer as text, never cut short; or {@code null} if answers arrive through the inbox
     * @throws TransportException if the batch, or its answer, could not be carried within {@link Batch#limit()}. One that
     *             is too long to be carried at all is refused with
     *             {@link TransportException.Problem#MESSAGE_TOO_LONG} before any of it is sent
     * @throws InterruptedException if the thread is interrupted: the exchange is then aborted at once
     */
    @Nullable
    String send(Batch batch) throws InterruptedException;

    /**
     * Says about how much fits into one request or frame, where that is less than servers take anyway. What waits
     * together is cut into batches of that size, each with an answer of its own; a message that is longer by itself is in
     * a batch of its own. If a batch of several messages is refused as too long all the same, each half of it is a batch
     * of its own, so that in the end only the message fails that does not fit. Asked at each batch, and heeded from the
     * next on.
     *
     * @return how many bytes of {@link Batch#text()} in UTF-8; as many as you like if nothing else is said
     */
    default int maxBatchBytes() {
        return Integer.MAX_VALUE;
    }

    /**
     * Gives up the connections that are open: nobody may be at their other end, since no answer came in time (protocol.md
     * C-101), the network has changed or the machine has slept. Called on any thread; does not wait for the network.
     *
     * <ul>
     * <li><b>Request and response</b>: later requests go over connections that are made for them, though other transports
     * share those that there are. What is under way goes on, each with its own limit.
     * <li><b>Full duplex</b>: the socket ends. The inbox hears of it, as of any other end of a connection; the next
     * {@link #send} opens another one.
     * </ul>
     *
     * <p>Nothing happens to an HTTP client that the program has brought: it may have other users, and its connections
     * cannot be told apart. Unless overridden this does nothing, which suits a transport that keeps no connection between
     * requests.
     */
    default void dropConnection() {
        // Nothing is open that outlives a request.
    }

    /**
     * Ends everything: sends that are under way throw {@link TransportException} with
     * {@link TransportException.Problem#CLOSED}, as do later ones; connections are closed, threads end. May be called
     * more than once and on any thread; does not wait for the network.
     */
    @Override
    void close();
}
