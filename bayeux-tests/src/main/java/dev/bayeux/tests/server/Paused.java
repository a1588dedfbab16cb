package dev.bayeux.tests.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose first bytes the server sends at once, and the rest when the test releases it, or after a time. Serves one
 * request. Safe for concurrent use.
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

    /** Sends the rest. Has no effect the second time, or if the client is gone. */
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

    /** Waits for the release; {@code false} if the client is gone. */
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
