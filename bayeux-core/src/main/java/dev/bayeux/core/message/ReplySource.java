package dev.bayeux.core.message;

import org.jspecify.annotations.Nullable;

/**
 * Names the origin of a text in failures: the address, and the channel of the request that it answers, {@code null} if it
 * came by itself over a full-duplex connection.
 */
public record ReplySource(String server, @Nullable String asked) {

    /** Begins a sentence about the text. */
    String subject() {
        return asked == null
                ? "A message of %s".formatted(server)
                : "The reply of %s to the request on %s".formatted(server, asked);
    }
}
