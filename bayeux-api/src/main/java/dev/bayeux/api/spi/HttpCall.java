package dev.bayeux.api.spi;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param method {@code "POST"}, or {@code "GET"} of a transport whose batches are part of the address
 * @param uri where to
 * @param headers all headers but those that an HTTP client sets by itself ({@code Host}, {@code Content-Length}); not
 *            changed by anybody
 * @param body the bytes to send, none with {@code "GET"}; not changed by anybody
 * @param limit how long to wait for the response: {@link ReplyLimit#await} waits for as long as it allows
 * @param reply takes the bytes of the response, in order
 */
public record HttpCall(String method, URI uri, Map<String, List<String>> headers, byte[] body, ReplyLimit limit,
        ReplyBuffer reply) {

    /** Without headers, body and query, which may hold tokens. */
    @Override
    public String toString() {
        return "HttpCall[%s %s, %d headers, %d bytes]".formatted(method, HttpFacts.place(uri), headers.size(),
                body.length);
    }
}
