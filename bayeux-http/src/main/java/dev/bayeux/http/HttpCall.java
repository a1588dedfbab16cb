package dev.bayeux.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Describes one HTTP request.
 *
 * @param method {@code "POST"}, or {@code "GET"} for a transport whose batches are part of the address
 * @param uri the address
 * @param headers all headers except those that an HTTP client sets by itself ({@code Host}, {@code Content-Length});
 *            must not be changed. Only headers of the program can contain those
 * @param body the bytes to send, none with {@code "GET"}; must not be changed
 * @param limit limits the wait for the response: {@link ReplyLimit#await} waits within it
 * @param reply receives the bytes of the response, in order
 */
public record HttpCall(String method, URI uri, Map<String, List<String>> headers, byte[] body, ReplyLimit limit,
        ReplyBuffer reply) {

    /** Omits headers, body and query, which may contain tokens. */
    @Override
    public String toString() {
        return "HttpCall[%s %s, %d headers, %d bytes]".formatted(method, HttpFacts.place(uri), headers.size(),
                body.length);
    }
}
