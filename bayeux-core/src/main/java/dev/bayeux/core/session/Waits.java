package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a client waits before it sends a handshake or connect (protocol.md 4.11). All in nanoseconds, none negative. */
final class Waits {

    private final Backoff backoff;
    private final Duration longestAsked;

    Waits(Backoff backoff, Duration longestAsked) {
        this.backoff = backoff;
        this.longestAsked = longestAsked;
    }

    /** Returns the advised interval (C-19). */
    long interval(SessionState state) {
        return Math.min(TimeUnit.MILLISECONDS.toNanos(state.advice().intervalMs()), longestAsked.toNanos());
    }

    /** C-105: returns a lower bound for the next request. */
    long retryAfter(BayeuxException failure) {
        Duration asked = failure instanceof TransportException transport
                ? transport.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (asked.isNegative()) {
            return 0;
        }
        return (asked.compareTo(longestAsked) < 0 ? asked : longestAsked).toNanos();
    }

    /** C-105: records the wait that a failure asks for, which also counts for the handshake of a session lost meanwhile. */
    SessionState blocking(SessionState state, @Nullable BayeuxException failure, long nowNs) {
        long askedNs = failure == null ? 0 : retryAfter(failure);
        return askedNs > 0 ? state.with(state.endpointChoice().blocked(nowNs + askedNs)) : state;
    }

    /** Whether a wait is longer than any of the backoff. */
    boolean isLong(long askedNs) {
        return askedNs > backoff.maximum().toNanos();
    }

    /** C-102, C-104: returns the wait after a failure, which grows with each in a row. */
    long backoff(SessionState state) {
        return backoff(state.history().consecutive().backoff(), state);
    }

    /** C-23: returns the wait before a handshake that exceeds the budget. */
    long overdraft(SessionState state) {
        int overdrawn = state.budget().overdrawn();
        return overdrawn > 0 ? backoff(overdrawn, state) : 0;
    }

    /** Returns the wait before the next connect if connects serve no subscriber. */
    long slowDown(SessionState state, long nowNs) {
        return state.history().idleConnects().repaidInNs(nowNs, increment());
    }

    /** C-102: returns the wait after a failed round over all endpoints, which grows with each round. */
    long roundBackoff(SessionState state, int endpoints) {
        return backoff(Math.max(1, state.history().consecutive().backoff() / endpoints), state);
    }

    /** Returns the time of the next connection check: once in the shortest wait of the backoff. */
    long nextConnectionCheck(SessionState state, long nowNs) {
        Long lastNs = state.history().renewedNs();
        if (lastNs == null) {
            return nowNs;
        }
        // Keeps a check that is still to come, which would otherwise be postponed for ever.
        return lastNs - nowNs > 0 ? lastNs : Math.max(nowNs, lastNs + increment());
    }

    /** Returns the time in which the budget of connects gains one. */
    long increment() {
        return backoff.increment().toNanos();
    }

    /** Returns the time in which the budget of handshakes gains one. */
    long refill() {
        return backoff.maximum().toNanos();
    }

    private long backoff(int failures, SessionState state) {
        return backoff.delay(failures, state.random()).toNanos();
    }
}
