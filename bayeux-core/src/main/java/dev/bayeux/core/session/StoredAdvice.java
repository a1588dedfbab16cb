package dev.bayeux.core.session;

import dev.bayeux.core.message.Advice;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The advice in force (protocol.md C-25, C-27, C-34). Excludes {@code reconnect}, which counts only for the reply that carries
 * it.
 *
 * @param intervalMs pause between the end of a connect and the next, never negative
 * @param timeoutMs how long the server holds a connect
 * @param maxIntervalMs how long the server keeps the session after the interval, {@code null} if unknown
 * @param multipleClients whether another client shares the cookie
 */
record StoredAdvice(long intervalMs, long timeoutMs, @Nullable Long maxIntervalMs, boolean multipleClients) {

    static final StoredAdvice DEFAULT = new StoredAdvice(0, 60_000, null, false);

    /** Returns how long the server keeps a session without a connect; unlimited if unknown. */
    long keptNs() {
        return maxIntervalMs == null ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(maxIntervalMs);
    }

    /** Returns how long the server keeps a silent session (table 4-A, A11); unlimited if unknown. */
    long expiryNs() {
        return maxIntervalMs == null
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(timeoutMs + intervalMs + maxIntervalMs);
    }

    /** Applies a new advice: it replaces the interval and the flag, and other fields only where it has them. */
    StoredAdvice merge(@Nullable Advice advice) {
        if (advice == null) {
            return this;
        }
        return new StoredAdvice(advice.intervalMs() == null ? 0 : Math.max(0, advice.intervalMs()),
                advice.timeoutMs() == null ? timeoutMs : advice.timeoutMs(),
                advice.maxIntervalMs() == null ? maxIntervalMs : advice.maxIntervalMs(),
                Boolean.TRUE.equals(advice.multipleClients()));
    }
}
