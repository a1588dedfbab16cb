package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a client waits before it sends a handshake or connect (PROTOCOL 4.11). All in nanoseconds, none negative. */
final class Waits {

    /** So many connects in a row may be answered at once and with nothing before the client slows down. */
    static final int PATIENCE = 10;

    /** A server that asks for more is tried again after a day. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final Backoff backoff;

    Waits(Backoff backoff) {
        this.backoff = backoff;
    }

    /** What the server last advised (C-19). */
    static long interval(SessionState state) {
        return TimeUnit.MILLISECONDS.toNanos(state.advice().intervalMs());
    }

    /** C-105: a lower bound for whatever comes next. */
    static long retryAfter(BayeuxException failure) {
        Duration asked = failure instanceof TransportException transport
                ? transport.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (asked.isNegative()) {
            return 0;
        }
        return (asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER).toNanos();
    }

    /** C-102, C-104: after a failure, growing with each in a row. */
    long backoff(SessionState state) {
        return backoff(state.troubles().row().backoff(), state);
    }

    /** C-23: before a handshake that the budget does not cover. */
    long overdraft(SessionState state) {
        int overdrawn = state.budget().overdrawn();
        return overdrawn > 0 ? backoff(overdrawn, state) : 0;
    }

    /** Before the next connect, where the server answers each at once and with nothing. */
    long slowDown(SessionState state) {
        return state.troubles().emptyConnects() > PATIENCE ? increment() : 0;
    }

    /** C-102: after whole rounds over all endpoints that have failed, growing with each. */
    long roundBackoff(SessionState state, int endpoints) {
        return backoff(Math.max(1, state.troubles().row().backoff() / endpoints), state);
    }

    /** When connections may next be doubted: once in the shortest wait of the backoff. */
    long nextDoubt(SessionState state, long nowNs) {
        Long lastNs = state.troubles().doubtedNs();
        if (lastNs == null) {
            return nowNs;
        }
        // One that is still to come is the next: to put it off again and again would mean never.
        return lastNs - nowNs > 0 ? lastNs : Math.max(nowNs, lastNs + increment());
    }

    private long increment() {
        return backoff.increment().toNanos();
    }

    /** How often the budget gets one handshake back. */
    long refill() {
        return backoff.maximum().toNanos();
    }

    private long backoff(int failures, SessionState state) {
        return backoff.delay(failures, state.random()).toNanos();
    }
}
