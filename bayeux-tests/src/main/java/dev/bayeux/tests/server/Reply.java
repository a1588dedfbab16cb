package dev.bayeux.tests.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole HTTP response. Immutable: each method gives a new one.
 *
 * @param status the HTTP status
 * @param headers names and values in the order in which they are sent; a name may occur more than once
 * @param body the bytes of the body; not changed by anybody
 * @param framing how the client learns where the body ends
 */
public record Reply(int status, List<Map.Entry<String, String>> headers, byte[] body,
        Framing framing) implements Answer {

    /** How the client learns where a body ends. */
    public enum Framing {

        /** By {@code Content-Length}; the connection stays open. The default. */
        LENGTH,

        /** By {@code Content-Length}; the connection is closed right after it, without having said so. */
        LENGTH_THEN_CLOSED,

        /**
         * In HTTP/1.0, by {@code Content-Length}; no later request on that connection is read, as that version has it where
         * no header says otherwise. The connection is closed when one arrives.
         */
        HTTP_1_0,

        /** By the last chunk; each chunk has at most 1000 bytes, so characters are split between chunks. */
        CHUNKED,

        /** By the end of the connection, announced with {@code Connection: close}. */
        UNTIL_CLOSED
    }

    /** Copies the headers. */
    public Reply {
        headers = List.copyOf(headers);
    }

    /**
     * {@return an empty reply}
     *
     * @param status the HTTP status
     */
    public static Reply of(int status) {
        return new Reply(status, List.of(), new byte[0], Framing.LENGTH);
    }

    /**
     * {@return this with one header more}
     *
     * @param name its name
     * @param value its value
     */
    public Reply header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply(status, more, body, framing);
    }

    /**
     * {@return this with another body}
     *
     * @param bytes the body
     */
    public Reply body(byte[] bytes) {
        return new Reply(status, headers, bytes, framing);
    }

    /**
     * {@return this with another way to find the end of the body}
     *
     * @param other how the client learns where the body ends
     */
    public Reply framed(Framing other) {
        return new Reply(status, headers, body, other);
    }

    /**
     * {@return the body, read as UTF-8}
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
