package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;

/**
 * Carries each batch as a request, and the server's answer as the response to it, as long-polling does. The server sends
 * nothing unasked.
 */
public non-sealed interface RequestResponseTransport extends Transport {

    /**
     * Sends one batch, and waits for the response.
     *
     * <p>If the response is cut off, the {@link Inbox} of the {@link TransportContext} may receive its beginning
     * ({@link Inbox#receivedInPart}) before this method throws.
     *
     * @param batch the messages and the limit
     * @return the whole response as text, never cut short
     * @throws TransportException if the batch or its response could not be carried within {@link Batch#limit()}. A batch
     *             that is too long to be carried at all is rejected with
     *             {@link TransportException.Problem#MESSAGE_TOO_LONG} before any of it is sent
     * @throws InterruptedException if the thread is interrupted: the exchange is then aborted at once
     */
    String exchange(Batch batch) throws InterruptedException;
}
