package dev.bayeux.api.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One request for a WebSocket.
 *
 * @param uri where to, with the scheme {@code ws} or {@code wss}
 * @param headers all headers but those that a WebSocket client sets by itself ({@code Host}, {@code Upgrade} and those
 *            that begin with {@code Sec-WebSocket-})
 * @param limit the longest time until the server has answered, more than zero
 * @param listener takes what the socket brings, perhaps before the caller has the socket
 */
public record SocketCall(URI uri, Map<String, List<String>> headers, Duration limit, SocketListener listener) {

    /** Without headers and query, which may hold tokens. */
    @Override
    public String toString() {
        return "SocketCall[%s, %d headers, limit=%s]".formatted(HttpFacts.place(uri), headers.size(), limit);
    }
}
