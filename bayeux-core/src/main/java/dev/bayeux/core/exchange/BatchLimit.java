package dev.bayeux.core.exchange;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.core.message.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a request with several messages below {@code maxRequestBytes} as it is sent: after the extensions have added to the
 * messages, and in the encoding of a form if {@code form} is set.
 */
record BatchLimit(int maxBytes, boolean form) {

    private static final int FORM_NAME = "message=".length();

    /**
     * Refuses a batch of several messages that is too long; the core sends it in parts. {@code extended}: whether extensions
     * may have changed the messages, whose size was known before.
     */
    void check(Batch batch, int messages, boolean extended) {
        if (messages > 1 && (form || extended) && bytes(batch.text()) > maxBytes) {
            throw new TransportException(Problem.MESSAGE_TOO_LONG,
                    "%d messages together are longer than %d bytes (maxRequestBytes).".formatted(messages, maxBytes),
                    null);
        }
    }

    private long bytes(String text) {
        return form
                ? FORM_NAME + URLEncoder.encode(text, StandardCharsets.UTF_8).length()
                : Request.bytesOf(text);
    }
}
