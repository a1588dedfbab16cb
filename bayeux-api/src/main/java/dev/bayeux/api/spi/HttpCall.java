package dev.bayeux.api.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param method {@code "POST"}, or {@code "GET"} of a transport whose batches are part of the address
 * @param uri where to
 * @param headers all headers but those that an HTTP client sets by itself ({@code Host}, {@code Content-Length}); not
 *            changed by anybody, and the same map as long as nothing of them has changed
 * @param body the bytes to send, none with {@code "GET"}; not changed by anybody
 * @param limit the longest time until the response is complete
 * @param reply takes the bytes of the response, in order
 */
public record HttpCall(String method, URI uri, Map<String, List<String>> headers, byte[] body, Duration limit,
        ReplyBuffer reply) {}
