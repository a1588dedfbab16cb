package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.http.SocketListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a socket ends on which something has come as text that is none. */
@Tag("transport:jetty-websocket")
class JettySocketListenerTest {

    private final List<String> events = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();

    @Test
    void whereTheCloseFrameIsNeverWrittenTheConnectionIsCut() {
        receiveWhatIsNoText(callback -> {});
        assertEquals(List.of("failed", "close 1007"), events);
        timers.forEach(Runnable::run);
        assertEquals(List.of("failed", "close 1007", "disconnect"), events);
    }

    @Test
    void whereTheCloseFrameCannotBeWrittenTheConnectionIsCutAtOnce() {
        receiveWhatIsNoText(callback -> callback.fail(new IllegalStateException()));
        assertEquals(List.of("failed", "close 1007", "disconnect"), events);
    }

    @Test
    void whereTheCloseFrameIsWrittenNoTimerIsLeft() {
        receiveWhatIsNoText(Callback::succeed);
        assertEquals(List.of("failed", "close 1007"), events);
        assertEquals(List.of(), timers);
    }

    private void receiveWhatIsNoText(Consumer<Callback> write) {
        Session session = fake(Session.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                events.add("close " + arguments[0]);
                write.accept((Callback) arguments[2]);
            } else if (method.getName().equals("disconnect")) {
                events.add("disconnect");
            }
            return null;
        });
        Scheduler scheduler = fake(Scheduler.class, (self, method, arguments) -> {
            Runnable task = (Runnable) arguments[0];
            timers.add(task);
            return (Scheduler.Task) () -> timers.remove(task);
        });
        SocketListener above = fake(SocketListener.class, (self, method, arguments) -> {
            events.add(method.getName());
            return null;
        });
        JettySocketListener listener = new JettySocketListener(above, scheduler);
        listener.onWebSocketOpen(session);
        listener.onWebSocketFrame(fake(Frame.class, (self, method, arguments) -> switch (method.getName()) {
            case "getOpCode" -> Frame.Type.TEXT.getOpCode();
            case "getPayload" -> ByteBuffer.wrap(new byte[]{'[', (byte) 0xc3, '(', ']'});
            case "isFin" -> true;
            default -> throw new UnsupportedOperationException(method.getName());
        }), Callback.NOOP);
    }

    private static <T> T fake(Class<T> kind, InvocationHandler methods) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[]{kind}, methods));
    }
}
