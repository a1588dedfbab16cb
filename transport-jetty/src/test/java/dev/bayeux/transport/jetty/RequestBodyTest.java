package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private final RequestBody body = new RequestBody("[1]".getBytes(StandardCharsets.UTF_8));

    private void assertWhole() {
        Content.Chunk chunk = body.read();
        assertTrue(chunk.isLast());
        assertEquals("[1]", StandardCharsets.UTF_8.decode(chunk.getByteBuffer()).toString());
        assertSame(Content.Chunk.EOF, body.read());
    }

    @Test
    void itIsOneChunkOfAKnownLength() {
        assertEquals(3, body.getLength());
        assertWhole();
    }

    @Test
    void itIsReadAgainAfterARewind() {
        assertWhole();
        assertTrue(body.rewind());
        assertWhole();
    }

    @Test
    void aDemandIsMetAtOnce() {
        AtomicInteger met = new AtomicInteger();
        body.demand(met::incrementAndGet);
        assertEquals(1, met.get());
    }

    @Test
    void theFirstFailureIsWhatIsRead() {
        IOException first = new IOException("first");
        body.fail(first);
        body.fail(new IOException("second"));
        assertSame(first, body.read().getFailure());
        assertFalse(body.rewind());
    }
}
