package dev.bayeux.api.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One POST request.
 *
 * @param uri where to
 * @param headers all headers but those that an HTTP client sets by itself ({@code Host}, {@code Content-Length})
 * @param body the bytes to send; not changed by anybody
 * @param limit the longest time until the response is complete
 * @param reply takes the bytes of the response, in order
 */
public record HttpCall(URI uri, Map<String, List<String>> headers, byte[] body, Duration limit, ReplyBuffer reply) {}
