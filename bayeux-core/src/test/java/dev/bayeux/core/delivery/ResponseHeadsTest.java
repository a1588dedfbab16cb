package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.core.runtime.ClientRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ResponseHeadsTest {

    private static final URI SERVER = URI.create("http://localhost/cometd");

    private final WatchedLog log = new WatchedLog("dev.bayeux.client");
    private final LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void leaveTheLog() {
        log.close();
    }

    private static ResponseHeads heads(List<Consumer<? super ResponseHead>> listeners) {
        return new ResponseHeads(ClientRuntime.jvm(), "test", listeners);
    }

    private static boolean idle(ResponseHeads heads) throws InterruptedException {
        return heads.worker().awaitIdle(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
    }

    private void hear(ResponseHead head) {
        heard.add(head.status());
    }

    @Test
    void allListenersReceiveHeadsInOrderThoughOneThrows() throws InterruptedException {
        ResponseHeads heads = heads(List.of(head -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("listener");
        }, this::hear));
        heads.add(SERVER, 200, Map.of());
        heads.add(SERVER, 503, Map.of("Retry-After", List.of("7")));

        assertTrue(idle(heads));
        assertEquals(List.of(200, 503), List.copyOf(heard));
        assertEquals(List.of("test: a listener for responses failed", "test: a listener for responses failed"),
                List.copyOf(log.messages));
    }

    @Test
    void withoutListenersNoThreadStarts() {
        ResponseHeads heads = heads(List.of());
        heads.add(SERVER, 200, Map.of());
        assertTrue(heads.worker().isIdle());
    }

    @Test
    void aSlowListenerLosesTheOldestHeads() throws InterruptedException {
        Semaphore entered = new Semaphore(0);
        Semaphore leave = new Semaphore(0);
        ResponseHeads heads = heads(List.of(head -> {
            entered.release();
            leave.acquireUninterruptibly();
        }, this::hear));
        heads.add(SERVER, 1, Map.of());
        entered.acquire();
        IntStream.rangeClosed(2, 131).forEach(n -> heads.add(SERVER, n, Map.of()));
        leave.release(200);

        assertTrue(idle(heads));
        assertEquals(129, heard.size());
        assertEquals(1, heard.take());
        assertEquals(4, heard.take());
        assertEquals(List.of("test: 2 responses were not reported, since the listeners are too slow"),
                List.copyOf(log.messages));
    }
}
