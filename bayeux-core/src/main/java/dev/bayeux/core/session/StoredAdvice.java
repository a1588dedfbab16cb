package dev.bayeux.core.session;

import dev.bayeux.core.message.Advice;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The advice in force (protocol.md C-25, C-27, C-34). The word {@code reconnect} is not here: it counts for the reply that
 * carries it and for nothing else.
 *
 * @param intervalMs pause between the end of a connect and the next, never negative
 * @param timeoutMs how long the server holds a connect
 * @param maxIntervalMs how long the server keeps the session beyond the interval, {@code null} if it has not said
 * @param multipleClients whether another client shares our cookie
 */
record StoredAdvice(long intervalMs, long timeoutMs, @Nullable Long maxIntervalMs, boolean multipleClients) {

    static final StoredAdvice DEFAULT = new StoredAdvice(0, 60_000, null, false);

    /** How long the server keeps a session without a connect; without end if it has not said. */
    long keptNs() {
        return maxIntervalMs == null ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(maxIntervalMs);
    }

    /** How long the server keeps a session that it does not hear from (table 4-A, A11); without end if it has not said. */
    long expiryNs() {
        return maxIntervalMs == null
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(timeoutMs + intervalMs + maxIntervalMs);
    }

    /** A new object replaces the interval and the flag, and the rest only where it has it; none changes nothing. */
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
