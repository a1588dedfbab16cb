package dev.bayeux.transport.jdk;

import dev.bayeux.http.SocketListener;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a socket brings from the selector thread, hands it on by a virtual thread that lives while there is
 * something, and asks for more; also when nobody wants it any more, since without that the JDK does not see a close
 * frame.
 */
final class JdkSocketListener implements WebSocket.Listener {

    /** So much may wait here before the server has to. */
    private static final int MOST_WAITING = 64;

    private final SocketListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean handingOn;
    private boolean full;

    JdkSocketListener(SocketListener listener) {
        this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        String kept = part.toString();
        if (take(socket, () -> listener.text(kept, last))) {
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        if (take(socket, listener::binary)) {
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        take(socket, () -> listener.closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        take(socket, () -> listener.failed(failure));
    }

    /** Whether there is room for more. */
    private boolean take(WebSocket socket, Runnable event) {
        lock.lock();
        try {
            waiting.add(event);
            full = waiting.size() >= MOST_WAITING;
            if (!handingOn) {
                handingOn = true;
                Thread.ofVirtual().name("bayeux-jdk-socket").start(() -> handOn(socket));
            }
            return !full;
        } finally {
            lock.unlock();
        }
    }

    private void handOn(WebSocket socket) {
        for (Runnable next = next(socket); next != null; next = next(socket)) {
            try {
                next.run();
            } catch (Throwable failure) {
                giveUp(socket, failure);
                return;
            }
        }
    }

    /** Who is above has failed. Nobody hands on any more from here, so that what waits reaches nobody. */
    private void giveUp(WebSocket socket, Throwable failure) {
        try {
            listener.failed(failure);
        } finally {
            socket.abort();
        }
    }

    private @Nullable Runnable next(WebSocket socket) {
        Runnable next;
        boolean roomAgain;
        lock.lock();
        try {
            next = waiting.poll();
            handingOn = next != null;
            roomAgain = full && waiting.isEmpty();
            full = full && !roomAgain;
        } finally {
            lock.unlock();
        }
        if (roomAgain) {
            socket.request(1);
        }
        return next;
    }
}
