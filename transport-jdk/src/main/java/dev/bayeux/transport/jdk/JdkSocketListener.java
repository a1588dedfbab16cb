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
 * Takes the events of a WebSocket from the selector thread and passes them on by a virtual thread, which lives while events
 * wait. Then it requests more, even after the transport has stopped listening: without a request the JDK does not read a
 * close frame.
 */
final class JdkSocketListener implements WebSocket.Listener {

    /** How many events may wait here before the client stops reading from the server. */
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

    /** Queues an event, and returns whether there is room for more. */
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

    /** Ends the socket after the listener has thrown. No thread passes on the events that still wait. */
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
