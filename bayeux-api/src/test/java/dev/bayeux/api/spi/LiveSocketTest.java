package dev.bayeux.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveSocketTest {

    private final List<String> written = new ArrayList<>();
    private final LiveSocket live = new LiveSocket(TransportContext.to(URI.create("http://host/cometd")));

    LiveSocketTest() {
        live.opened(new MessageSocket() {

            @Override
            public CompletableFuture<?> write(String text) {
                written.add(text);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close(int code, String reason) {
                throw new AssertionError("closed");
            }

            @Override
            public void abort() {
                throw new AssertionError("aborted");
            }
        });
    }

    private String written(String text) throws InterruptedException {
        live.write(text, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        return written.getLast();
    }

    @Test
    void whatIsWellFormedIsWrittenAsItIs() throws Exception {
        String text = "[\"\u00e9 \ud83d\ude00\ud83d\ude01\"]";

        assertSame(text, written(text), "neither encoded nor decoded on the way");
    }

    @Test
    void halfAPairIsReplacedAndNothingElse() throws Exception {
        assertEquals("a?", written("a\ud83d"));
        assertEquals("?\ud83d\ude00", written("\ud83d\ud83d\ude00"));
        assertEquals("?b", written("\ude00b"));
        assertEquals("\ud83d\ude00?", written("\ud83d\ude00\ude00"));
        assertEquals("??", written("\ude00\ud83d"));
    }
}
