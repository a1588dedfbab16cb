package dev.bayeux.transport.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes the payloads of frames to text, piece by piece. Jetty's own decoder works character by character, and needs some
 * two kilobytes for the shortest text. For one thread at a time.
 */
final class FrameText {

    private static final byte[] NOTHING = {};
    private static final int LONGEST_CHARACTER = 4;

    /** The first bytes of a character whose other bytes come in the next piece. */
    private byte[] begun = NOTHING;

    /**
     * Reads a piece.
     *
     * @param payload read to its end
     * @param last whether the message ends here
     * @return its characters, with the one that the last piece began
     * @throws CharacterCodingException if that is not UTF-8
     */
    String read(ByteBuffer payload, boolean last) throws CharacterCodingException {
        byte[] bytes = Arrays.copyOf(begun, begun.length + payload.remaining());
        payload.get(bytes, begun.length, payload.remaining());
        int whole = last ? bytes.length : wholeCharacters(bytes);
        begun = whole == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, whole, bytes.length);
        String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        // Either the text contains that character, or it replaces bytes that are not UTF-8; only a strict decoder can say
        // which.
        return text.indexOf('\uFFFD') < 0
                ? text
                : StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, whole)).toString();
    }

    /** Returns the number of bytes before a character that is cut off at the end, or of all bytes if none is. */
    private static int wholeCharacters(byte[] bytes) {
        int least = Math.max(0, bytes.length - LONGEST_CHARACTER + 1);
        for (int n = bytes.length - 1; n >= least; n--) {
            if ((bytes[n] & 0xc0) != 0x80) {
                int length = length(bytes[n]);
                return n + length > bytes.length ? n : bytes.length;
            }
        }
        return bytes.length;
    }

    private static int length(byte first) {
        if ((first & 0xe0) == 0xc0) {
            return 2;
        }
        if ((first & 0xf0) == 0xe0) {
            return 3;
        }
        return (first & 0xf8) == 0xf0 ? LONGEST_CHARACTER : 1;
    }
}
