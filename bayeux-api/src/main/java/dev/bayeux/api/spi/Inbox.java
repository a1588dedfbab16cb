package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;

/** Where a full-duplex transport delivers. Neither method blocks for long, and neither throws. */
public interface Inbox {

    /**
     * Takes what one frame held.
     *
     * @param text a JSON array of messages, or what the server sent instead of one
     */
    void received(String text);

    /**
     * Takes the news that the connection has ended; nothing is received after it until another batch is sent. Not called
     * for the end that comes of {@link Transport#close()}.
     *
     * @param reason why it ended
     */
    void disconnected(TransportException reason);
}
