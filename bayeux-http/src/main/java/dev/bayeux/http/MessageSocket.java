package dev.bayeux.http;

import java.util.concurrent.CompletableFuture;

/** Represents an open WebSocket. Its methods do not wait for the network. */
public interface MessageSocket {

    /**
     * Writes one whole text message. The caller writes the next message only when this one is written.
     *
     * @param text the message
     * @return completes when the message has been handed to the network; fails with an {@link java.io.IOException} if
     *         it cannot be
     */
    CompletableFuture<?> write(String text);

    /**
     * Sends a close frame, and ends the socket when the server has answered it. Ignores whatever else the server sends.
     * Does nothing if the socket has ended.
     *
     * @param code the status code
     * @param reason why, at most 123 bytes in UTF-8
     */
    void close(int code, String reason);

    /** Closes the connection at once, without a close frame. Does nothing if it is closed. */
    void abort();
}
