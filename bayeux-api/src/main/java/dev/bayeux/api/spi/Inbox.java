package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;

/**
 * Where a full-duplex transport delivers, and any transport the beginning of an answer that broke off. No method blocks
 * for long, and none throws.
 */
public interface Inbox {

    /**
     * Takes what one frame held.
     *
     * @param text a JSON array of messages, or what the server sent instead of one
     */
    void received(String text);

    /**
     * Takes the news that the calling thread, which is in {@link Transport#send}, begins to write its batch to a connection
     * that is open: an end that was reported before does not concern that batch. Called by full-duplex transports that open
     * a connection within {@code send}. Does nothing unless overridden.
     */
    default void writing() {
        // Without it each end of a connection concerns each batch that is not answered.
    }

    /**
     * Takes the news that a part of a frame has arrived whose end is still missing: the connection is alive, and answers
     * that are awaited may be in that frame. Does nothing unless overridden.
     */
    default void progressed() {
        // Only who waits for an answer wants to know.
    }

    /**
     * Takes the beginning of an answer that a request and response transport has received before it broke off or its time
     * was up. {@link Transport#send} throws afterwards. The messages that are whole in it have arrived; does nothing
     * unless overridden.
     *
     * @param text the beginning of a JSON array of messages, or of what the server sent instead of one
     */
    default void receivedInPart(String text) {
        // The server sends it again where it waits for an acknowledgement.
    }

    /**
     * Takes the news that the connection has ended; nothing is received after it until another batch is sent. Not called
     * for the end that comes of {@link Transport#close()}.
     *
     * @param reason why it ended
     */
    void disconnected(TransportException reason);
}
