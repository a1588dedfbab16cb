package dev.bayeux.api.spi;

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
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one response up to a limit. Not safe for concurrent use; may be handed from one thread to
 * another.
 */
public final class ReplyBuffer {

    private static final int LEAST_GROWTH = 1024;

    /** More room than this is not made for a promise. */
    private static final int MOST_EXPECTED = 1 << 16;

    private final int limit;
    private final Runnable arrival;
    private int expected;
    private @Nullable HttpReply head;
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * An empty buffer.
     *
     * @param limit the most bytes it takes
     */
    public ReplyBuffer(int limit) {
        this(limit, () -> {});
    }

    /**
     * An empty buffer.
     *
     * @param limit the most bytes it takes
     * @param arrival called when some arrive
     */
    ReplyBuffer(int limit, Runnable arrival) {
        this.limit = limit;
        this.arrival = arrival;
    }

    /**
     * Takes the head of the response as soon as it has arrived. An HTTP client that shows it only at the end need not call
     * this, but then the beginning of a response that breaks off is lost.
     *
     * @param response the status and the headers. With a {@code Content-Length} it is cheaper to collect the body, which
     *            may all the same be shorter or longer
     */
    public void begin(HttpReply response) {
        head = response;
        expected = Math.clamp(length(response.header("Content-Length")), 0, Math.min(limit, MOST_EXPECTED));
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
     * @param chunk what arrived; consumed
     * @throws TransportException with {@link Problem#TOO_LARGE} if that is more than the limit; the exchange should be
     *             aborted
     */
    public void append(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (more > 0) {
            arrival.run();
        }
        if (more > limit - length) {
            throw new TransportException(Problem.TOO_LARGE,
                    "The server's reply is larger than %d bytes. What was in it is not read; a larger maxReplyBytes would let it in."
                            .formatted(limit),
                    null);
        }
        if (more > bytes.length - length) {
            // Most replies come in one piece, or say how long they are, and need no more room than that.
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

    /** What was collected; to be read before more is. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** Reads as many bytes as are text of a charset, up to the first that are not. */
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
        // Either the text really contains that character or bytes were replaced by it; only a strict look tells.
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new TransportException(Problem.UNREADABLE,
                    "The server's reply of %d bytes is not valid %s.".formatted(length, charset), malformed);
        }
    }
}
