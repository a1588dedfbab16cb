package dev.bayeux.tests.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A reply of which the first bytes are sent at once and the others when the test releases them, or after a time. Serves one request.
 * Safe for concurrent use.
 */
public final class Paused implements Answer {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final CompletableFuture<Boolean> released = new CompletableFuture<>();
    private final Reply reply;
    private final int bytes;
    private final @Nullable Duration pause;

    Paused(Reply reply, int bytes, @Nullable Duration pause) {
        this.reply = reply;
        this.bytes = bytes;
        this.pause = pause;
    }

    /** Lets the rest go. Without effect the second time, and when the client has gone. */
    public void release() {
        released.complete(true);
    }

    Reply reply() {
        return reply;
    }

    int bytes() {
        return bytes;
    }

    /** The client has gone. */
    void abandon() {
        released.complete(false);
    }

    /** Waits for the release; false if there is nobody to send the rest to. */
    boolean await() throws InterruptedException {
        try {
            return released.get((pause == null ? LONGEST : pause).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            return pause != null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }
}
