package dev.bayeux.api.spi;

import java.util.concurrent.CompletableFuture;

/** An open WebSocket. Its methods do not wait for the network. */
public interface MessageSocket {

    /**
     * Writes one text message, whole. The caller writes the next one when this one is written, not before.
     *
     * @param text the message
     * @return completes when the message has been handed to the network; fails with an {@link java.io.IOException} if it
     *         cannot be
     */
    CompletableFuture<?> write(String text);

    /**
     * Sends a close frame, and lets the socket end when the server has answered it. What the server still says counts
     * for nothing. Without effect if the socket has ended.
     *
     * @param code the status code
     * @param reason why, at most 123 bytes in UTF-8
     */
    void close(int code, String reason);

    /** Closes the connection at once, without a word. Without effect if it is closed. */
    void abort();
}
