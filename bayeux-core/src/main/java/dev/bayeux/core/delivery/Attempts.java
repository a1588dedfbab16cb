package dev.bayeux.core.delivery;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The attempts to handle one message. */
final class Attempts {

    private final ClientRuntime runtime;
    private final OnHandlerFailure policy;
    private int count;
    private long firstFailedNs;
    private boolean over;

    Attempts(ClientRuntime runtime, OnHandlerFailure policy) {
        this.runtime = runtime;
        this.policy = policy;
    }

    void begin() {
        count++;
    }

    int count() {
        return count;
    }

    /** Whether a failure would recur at each attempt. */
    void endAll() {
        over = true;
    }

    /** Takes a failure. Returns the wait before the next attempt, {@code null} if there is none. */
    @Nullable
    Duration waitForNext() {
        long nowNs = runtime.nanoTime();
        firstFailedNs = count == 1 ? nowNs : firstFailedNs;
        Backoff backoff = policy.retries().orElse(null);
        if (over || backoff == null || count >= backoff.maxAttempts().orElse(Integer.MAX_VALUE)) {
            return null;
        }
        Duration wait = backoff.delay(count, (runtime.seed() >>> 11) * 0x1.0p-53);
        long tookNs = nowNs - firstFailedNs + wait.toNanos();
        return backoff.maxTime().filter(limit -> tookNs > limit.toNanos()).isPresent() ? null : wait;
    }

    /** Whether the message counts as handled after the last attempt. */
    boolean isSkipped() {
        return policy.end() == OnHandlerFailure.End.SKIP;
    }
}
