package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBufferTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ReplyBuffer buffer(byte... bytes) {
        ReplyBuffer buffer = new ReplyBuffer(1000);
        buffer.append(ByteBuffer.wrap(bytes));
        return buffer;
    }

    private static Problem problem(Runnable action) {
        return assertThrows(TransportException.class, action::run).problem();
    }

    @Test
    void collectsChunksOfAnySize() {
        ReplyBuffer buffer = new ReplyBuffer(1 << 20);
        StringBuilder all = new StringBuilder();
        for (int n = 0; n < 300; n++) {
            String chunk = "\u00e9".repeat(n);
            buffer.append(bytes(chunk));
            all.append(chunk);
        }

        assertEquals(all.toString(), buffer.text(StandardCharsets.UTF_8));
        assertEquals(2 * all.length(), buffer.length());
    }

    @Test
    void consumesTheRestOfAChunk() {
        ByteBuffer chunk = bytes("0123456789").position(3).limit(7);
        ReplyBuffer buffer = new ReplyBuffer(4);
        buffer.append(chunk);

        assertEquals("3456", buffer.text(StandardCharsets.UTF_8));
        assertEquals(0, chunk.remaining());
    }

    @Test
    void takesDirectAndReadOnlyChunks() {
        ReplyBuffer buffer = new ReplyBuffer(100);
        buffer.append(ByteBuffer.allocateDirect(3).put(new byte[]{'a', 'b', 'c'}).flip());
        buffer.append(bytes("d").asReadOnlyBuffer());

        assertEquals("abcd", buffer.text(StandardCharsets.UTF_8));
    }

    @Test
    void aCharacterMayBeSplitBetweenChunks() {
        ReplyBuffer buffer = new ReplyBuffer(10);
        for (byte each : "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)) {
            buffer.append(ByteBuffer.wrap(new byte[]{each}));
        }

        assertEquals("\uD83D\uDE00", buffer.text(StandardCharsets.UTF_8));
    }

    @Test
    @Tag("C-108")
    void bodyTakesItsLimitAndNotAByteMore() {
        ReplyBuffer buffer = new ReplyBuffer(5);
        buffer.append(bytes("123"));
        buffer.append(bytes("45"));
        buffer.append(bytes(""));

        assertEquals(Problem.TOO_LARGE, problem(() -> buffer.append(bytes("6"))));
        assertEquals("12345", buffer.text(StandardCharsets.UTF_8));
        assertEquals(Problem.TOO_LARGE, problem(() -> new ReplyBuffer(3).append(bytes("1234"))));
    }

    @Test
    void anEmptyOneIsAnEmptyText() {
        assertEquals("", new ReplyBuffer(1).text(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFFFD", "a\uFFFDb", "\uFFFD\uD83D\uDE00"})
    void theReplacementCharacterItselfIsText(String text) {
        ReplyBuffer buffer = new ReplyBuffer(100);
        buffer.append(bytes(text));

        assertEquals(text, buffer.text(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNotOfTheCharsetAreNotReplaced() {
        assertEquals(Problem.UNREADABLE, problem(() -> buffer((byte) 0xe9).text(StandardCharsets.UTF_8)));
        assertEquals(Problem.UNREADABLE,
                problem(() -> buffer((byte) '[', (byte) 0xc3).text(StandardCharsets.UTF_8)));
        assertEquals(Problem.UNREADABLE,
                problem(() -> buffer((byte) 0xed, (byte) 0xa0, (byte) 0x80).text(StandardCharsets.UTF_8)));
        assertEquals(Problem.UNREADABLE, problem(() -> buffer((byte) 0x80).text(StandardCharsets.US_ASCII)));
        assertEquals("\u00e9", buffer((byte) 0xe9).text(StandardCharsets.ISO_8859_1));
        assertEquals("\u20ac", buffer((byte) 0x80).text(Charset.forName("windows-1252")));
    }
}
