package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;

/**
 * Carries batches and the server's messages independently of each other over one connection, as WebSocket does. The
 * {@link Inbox} of the {@link TransportContext} receives whatever the server sends, one frame after the other, and the end
 * of the connection. The first batch opens the connection, and the first batch after a loss opens another one.
 */
public non-sealed interface FullDuplexTransport extends Transport {

    /**
     * Writes one batch. Answers arrive through the inbox.
     *
     * @param batch the messages and the limit for writing them
     * @throws TransportException if the batch could not be written within {@link Batch#limit()}. A batch that is too long
     *             to be carried at all is rejected with {@link TransportException.Problem#MESSAGE_TOO_LONG} before any of
     *             it is sent
     * @throws InterruptedException if the thread is interrupted: the connection then ends if a part of the batch has been
     *             written
     */
    void send(Batch batch) throws InterruptedException;
}
