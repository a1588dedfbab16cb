package dev.bayeux.http;

import dev.bayeux.api.spi.TimedWait;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a response may take. The first limit counts from the request to the first byte of the response, the
 * second from each part to the next, and the third from the first byte to the last. So a slow connection that keeps
 * delivering is not cut off, but a server that sends single bytes for ever is. The second and third limit never cut off a
 * response that arrives within the first. Safe for concurrent use.
 */
public final class ReplyLimit {

    private final long firstDeadlineNs;
    private final long betweenPartsNs;
    private final long wholeNs;
    /** The times of the first and the last part; meaningful once {@link #begun} is set. */
    private volatile long lastPartNs;
    private long firstPartNs;
    private volatile boolean begun;

    /**
     * Starts to count.
     *
     * @param untilFirstByte how long the first byte may take
     * @param betweenParts how long each further part may take
     * @param whole how long the whole response may take from its first byte on
     */
    public ReplyLimit(Duration untilFirstByte, Duration betweenParts, Duration whole) {
        firstDeadlineNs = System.nanoTime() + nanos(untilFirstByte);
        betweenPartsNs = nanos(betweenParts);
        wholeNs = nanos(whole);
    }

    /** Bounded, so that sums do not overflow. */
    private static long nanos(Duration duration) {
        return Math.min(TimeUnit.NANOSECONDS.convert(duration), Long.MAX_VALUE / 4);
    }

    /** Records that a part of the response has arrived. {@link ReplyBuffer#append} does so; called by one thread. */
    void arrived() {
        long now = System.nanoTime();
        lastPartNs = now;
        if (!begun) {
            firstPartNs = now;
            begun = true;
        }
    }

    /**
     * {@return how long a caller may wait for the next part of the response, from now; zero or less if the time is up}
     */
    public Duration left() {
        return Duration.ofNanos(leftNs());
    }

    private long leftNs() {
        long now = System.nanoTime();
        long left = firstDeadlineNs - now;
        return begun
                ? Math.max(left, Math.min(lastPartNs + betweenPartsNs - now, firstPartNs + wholeNs - now))
                : left;
    }

    /**
     * Waits for a response for as long as this limit allows.
     *
     * @param <T> the type of its result
     * @param response completes when the whole response has arrived
     * @return its result
     * @throws ExecutionException if it fails
     * @throws TimeoutException if the time is up; the response continues
     * @throws InterruptedException if the thread is interrupted; the response continues
     */
    public <T extends @Nullable Object> T await(CompletableFuture<T> response)
            throws ExecutionException, TimeoutException, InterruptedException {
        while (true) {
            long left = leftNs();
            try {
                return TimedWait.get(response, left);
            } catch (TimeoutException late) {
                if (leftNs() <= 0) {
                    throw late;
                }
            }
        }
    }
}
