package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Receives what a full-duplex transport delivers, and from a request-response transport the beginning of an answer that was
 * cut off. No method blocks for long, and none throws.
 */
public interface Inbox {

    /**
     * Receives the content of one frame.
     *
     * @param text a JSON array of messages, or whatever else the server sent
     */
    void received(String text);

    /**
     * Records that the calling thread, which is in {@link FullDuplexTransport#send}, begins to write its batch to an open
     * connection. An end of the connection that was reported before does not concern that batch, and neither does an
     * earlier frame that names no request. Full-duplex transports call it. Does nothing by default.
     */
    default void writing() {
        // Without this call an end of the connection fails each batch that has no reply and whose send has returned.
    }

    /**
     * Records that a part of a frame has arrived whose end is still missing. The connection is alive, and expected
     * answers may be in that frame. Does nothing by default.
     */
    default void progressed() {
        // Matters only to a caller that waits for an answer.
    }

    /**
     * Receives the beginning of an answer that a request-response transport received before the connection was lost or the
     * limit passed. {@link RequestResponseTransport#exchange} throws afterwards. The complete messages in it count as
     * arrived. Does nothing by default.
     *
     * @param text the beginning of a JSON array of messages, or of whatever else the server sent
     */
    default void receivedInPart(String text) {
        // The server sends it again where it waits for an acknowledgement.
    }

    /**
     * Reports the head of an HTTP response, whatever its status, to the program's listeners
     * ({@link dev.bayeux.api.ClientBuilder#onResponse}). The transports of {@code bayeux-http} call it; other transports
     * over HTTP may. Does nothing by default.
     *
     * @param uri the address that the request went to
     * @param status the HTTP status
     * @param headers all headers as they came; the client removes the secrets
     */
    default void responded(URI uri, int status, Map<String, List<String>> headers) {
        // The protocol does not depend on it.
    }

    /**
     * Records that the connection has ended. Nothing arrives after it until another batch is sent. Not called for the
     * end by {@link Transport#close()}.
     *
     * @param reason why it ended
     */
    void disconnected(TransportException reason);
}
