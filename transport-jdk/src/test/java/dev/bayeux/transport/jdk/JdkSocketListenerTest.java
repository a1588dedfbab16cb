package dev.bayeux.transport.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.http.SocketListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a socket whose listener throws. */
@Tag("transport:jdk-websocket")
class JdkSocketListenerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Thread> handingOn = new CompletableFuture<>();
    private final CompletableFuture<Boolean> mayFail = new CompletableFuture<>();

    private final WebSocket socket = fake(WebSocket.class, (self, method, arguments) -> {
        if (method.getName().equals("abort")) {
            events.add("abort");
        }
        return null;
    });

    private final SocketListener failing = fake(SocketListener.class, (self, method, arguments) -> {
        events.add(method.getName() + " " + arguments[0]);
        if (method.getName().equals("text")) {
            handingOn.complete(Thread.currentThread());
            mayFail.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            throw new StackOverflowError("deep");
        }
        return null;
    });

    @Test
    void theFailureIsReportedAndTheConnectionIsCut() throws Exception {
        JdkSocketListener listener = new JdkSocketListener(failing);
        listener.onText(socket, "[1]", true);
        listener.onText(socket, "[2]", true);
        mayFail.complete(true);
        Thread thread = handingOn.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(thread.join(LIMIT));
        assertEquals(List.of("text [1]", "failed java.lang.StackOverflowError: deep", "abort"), List.copyOf(events));
    }

    private static <T> T fake(Class<T> kind, InvocationHandler methods) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[]{kind}, methods));
    }
}
