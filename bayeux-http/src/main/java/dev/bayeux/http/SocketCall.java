package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Describes one request for a WebSocket.
 *
 * @param uri the address, with the scheme {@code ws} or {@code wss}
 * @param headers all headers except those that a WebSocket client sets by itself ({@code Host}, {@code Upgrade} and
 *            those that begin with {@code Sec-WebSocket-})
 * @param limit the longest time until the server has answered, more than zero
 * @param listener receives what arrives on the socket, perhaps before the caller has the socket
 */
public record SocketCall(URI uri, Map<String, List<String>> headers, Duration limit, SocketListener listener) {

    /**
     * Makes the exception for an answer whose headers are larger than the WebSocket client reads.
     *
     * @return the exception, with {@link dev.bayeux.api.error.TransportException.Problem#NOT_UPGRADED}: nothing was sent
     */
    public TransportException headersTooLarge() {
        return TransportException.notUpgraded(
                "%s answered the upgrade to a WebSocket with larger headers than the client reads. Does a proxy, or a loop in the server, add to them?"
                        .formatted(HttpFacts.place(uri)));
    }

    /** Omits headers and query, which may contain tokens. */
    @Override
    public String toString() {
        return "SocketCall[%s, %d headers, limit=%s]".formatted(HttpFacts.place(uri), headers.size(), limit);
    }
}
