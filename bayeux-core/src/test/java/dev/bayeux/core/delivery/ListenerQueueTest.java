package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
class ListenerQueueTest {

    private static final URI SERVER = URI.create("http://localhost/cometd");

    private final WatchedLog log = new WatchedLog("dev.bayeux.client");
    private final LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void leaveTheLog() {
        log.close();
    }

    private static ListenerQueue<ResponseHead> heads(List<Consumer<? super ResponseHead>> listeners) {
        return new ListenerQueue<>(ClientRuntime.jvm(), "test", "responses", 128, listeners);
    }

    private static boolean idle(ListenerQueue<ResponseHead> heads) throws InterruptedException {
        return heads.worker().awaitIdle(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
    }

    private void hear(ResponseHead head) {
        heard.add(head.status());
    }

    @Test
    void allListenersReceiveHeadsInOrderThoughOneThrows() throws InterruptedException {
        ListenerQueue<ResponseHead> heads = heads(List.of(head -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("listener");
        }, this::hear));
        heads.add(ResponseHead.of(SERVER, 200, Map.of()));
        heads.add(ResponseHead.of(SERVER, 503, Map.of("Retry-After", List.of("7"))));

        assertTrue(idle(heads));
        assertEquals(List.of(200, 503), List.copyOf(heard));
        assertEquals(List.of("test: a listener for responses failed", "test: a listener for responses failed"),
                List.copyOf(log.messages));
    }

    @Test
    void aQueueWithoutListenersSaysSo() {
        ListenerQueue<ResponseHead> heads = heads(List.of());
        assertFalse(heads.hasListeners(), "the caller makes no head");
        assertTrue(heads.worker().isIdle());
    }

    @Test
    void aSlowListenerLosesTheOldestHeads() throws InterruptedException {
        Semaphore entered = new Semaphore(0);
        Semaphore leave = new Semaphore(0);
        ListenerQueue<ResponseHead> heads = heads(List.of(head -> {
            entered.release();
            leave.acquireUninterruptibly();
        }, this::hear));
        heads.add(ResponseHead.of(SERVER, 1, Map.of()));
        entered.acquire();
        IntStream.rangeClosed(2, 131).forEach(n -> heads.add(ResponseHead.of(SERVER, n, Map.of())));
        leave.release(200);

        assertTrue(idle(heads));
        assertEquals(129, heard.size());
        assertEquals(1, heard.take());
        assertEquals(4, heard.take());
        assertEquals(List.of("test: 2 responses were dropped, since the listeners are too slow"),
                List.copyOf(log.messages));
    }
}
