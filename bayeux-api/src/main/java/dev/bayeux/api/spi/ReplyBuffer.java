package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * Collects the bytes of one response up to a limit. Not safe for concurrent use; may be handed from one thread to
 * another.
 */
public final class ReplyBuffer {

    private static final int LEAST_GROWTH = 1024;

    /** More room than this is not made for a promise. */
    private static final int MOST_EXPECTED = 1 << 16;

    private final int limit;
    private int expected;
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * An empty buffer.
     *
     * @param limit the most bytes it takes
     */
    public ReplyBuffer(int limit) {
        this.limit = limit;
    }

    /**
     * Makes it cheaper to collect a response that says how long it is. What is appended may be less or more.
     *
     * @param bytes how many there will be, as far as is known; negative if it is not
     */
    public void expect(long bytes) {
        expected = Math.clamp(bytes, 0, Math.min(limit, MOST_EXPECTED));
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
