package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one response up to a limit. Not safe for concurrent use; may be handed from one thread to
 * another.
 */
public final class ReplyBuffer {

    /**
     * The most bytes that the headers of a response may have, over all HTTP clients. Counted as in HTTP/2: name, value,
     * and 32 for each line.
     */
    public static final int MAX_HEADER_BYTES = 1 << 18;

    private static final int BYTES_FOR_A_LINE = 32;
    private static final int LEAST_GROWTH = 1024;
    private static final byte[] NOTHING = {};

    /** The most bytes that the buffer allocates in advance because of a {@code Content-Length}. */
    private static final int MOST_EXPECTED = 1 << 16;

    private final int limit;
    private final String server;
    private final Runnable arrival;
    private int expected;
    private @Nullable HttpReply head;
    private byte[] bytes = NOTHING;
    private int length;

    /**
     * Makes an empty buffer.
     *
     * @param limit the most bytes that it accepts
     */
    public ReplyBuffer(int limit) {
        this(limit, "The server", () -> {});
    }

    /**
     * Makes an empty buffer that reports what arrives.
     *
     * @param limit the most bytes that it accepts
     * @param server the server that sends them, for texts
     * @param arrival called when bytes arrive
     */
    ReplyBuffer(int limit, String server, Runnable arrival) {
        this.server = server;
        this.limit = limit;
        this.arrival = arrival;
    }

    /**
     * Receives the head of the response as soon as it has arrived. An HTTP client that shows the head only at the end
     * need not call this, but then the beginning of a response that is cut off is lost. This counts a head that has been read
     * whole; the HTTP client itself needs a limit while it reads one that does not end.
     *
     * @param response the status and the headers. A {@code Content-Length} makes collecting the body cheaper; the body
     *            may be shorter or longer
     * @throws TransportException with {@link Problem#TOO_LARGE} if the headers have more than
     *             {@value #MAX_HEADER_BYTES} bytes, of which each header counts 32 for itself; the exchange should be aborted
     */
    public void begin(HttpReply response) {
        check(response);
        head = response;
        expected = Math.clamp(length(response.header("Content-Length")), 0, Math.min(limit, MOST_EXPECTED));
    }

    /** Checks the size of the headers, if that has not been done yet. */
    void check(HttpReply response) {
        if (head == null && headerBytes(response) > MAX_HEADER_BYTES) {
            throw headersTooLarge();
        }
    }

    /** As HTTP/2 counts them (RFC 9113, 6.5.2): name and value, and 32 for each line. */
    private static long headerBytes(HttpReply response) {
        long bytes = 0;
        for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
            for (String value : header.getValue()) {
                bytes += header.getKey().length() + value.length() + BYTES_FOR_A_LINE;
            }
        }
        return bytes;
    }

    /**
     * Makes the exception for a response with too large headers. For an HTTP client that counts them itself while it
     * reads them: its limit should be no less than {@value #MAX_HEADER_BYTES} bytes.
     *
     * @return the exception, with {@link Problem#TOO_LARGE}
     */
    public TransportException headersTooLarge() {
        return new TransportException(Problem.TOO_LARGE,
                "%s sent a reply with headers of more than %d bytes, the most that the client reads. Does a proxy, or a loop in the server, add to them?"
                        .formatted(server, MAX_HEADER_BYTES),
                null);
    }

    private static long length(String header) {
        try {
            return header.isEmpty() ? 0 : Long.parseLong(header);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    /** {@return the head, {@code null} if it was not given} */
    @Nullable
    HttpReply head() {
        return head;
    }

    /**
     * Adds the remaining bytes of a chunk.
     *
     * @param chunk the bytes that arrived; consumed
     * @throws TransportException with {@link Problem#TOO_LARGE} if there are more bytes than the limit; the exchange
     *             should be aborted
     */
    public void append(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (more > 0) {
            arrival.run();
        }
        if (more > limit - length) {
            throw new TransportException(Problem.TOO_LARGE,
                    "%s sent a reply of more than %d bytes, which was not read; a larger maxReplyBytes would let it in."
                            .formatted(server, limit),
                    null);
        }
        if (more > bytes.length - length) {
            // Most replies come in one piece, or with a length, and need no more room than that.
            int room = length == 0 ? expected : (int) Math.min(limit, Math.max(LEAST_GROWTH, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.max(room, length + more));
        }
        chunk.get(bytes, length, more);
        length += more;
    }

    /**
     * {@return the number of bytes collected}
     */
    public int length() {
        return length;
    }

    /** Returns the bytes collected so far; must be read before more are added. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** Decodes the bytes as text, up to the first that are not valid in the charset. */
    String beginning(Charset charset) {
        CharBuffer text = CharBuffer
                .allocate((int) Math.ceil(length * (double) charset.newDecoder().maxCharsPerByte()));
        charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes, 0, length), text, true);
        return text.flip().toString();
    }

    /**
     * Reads all bytes as text.
     *
     * @param charset what they are encoded in
     * @return the text
     * @throws TransportException with {@link Problem#UNREADABLE} if they are not valid in that charset: replacing what
     *             cannot be read would change messages silently
     */
    String text(Charset charset) {
        String text = new String(bytes, 0, length, charset);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        // Either the text contains that character, or it replaces bytes that are not valid; only a strict decoder can say
        // which.
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new TransportException(Problem.UNREADABLE,
                    "%s sent a reply of %d bytes that is not valid %s, as its Content-Type says: has a proxy changed it?"
                            .formatted(server, length, charset),
                    malformed);
        }
    }
}
