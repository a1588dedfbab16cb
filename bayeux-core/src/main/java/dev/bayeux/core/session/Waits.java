package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a client waits before it sends a handshake or connect (protocol.md 4.11). All in nanoseconds, none negative. */
final class Waits {

    private final Backoff backoff;
    private final Duration longestAsked;

    /**
     * For one client.
     *
     * @param backoff its own waits
     * @param longestAsked the longest wait that a server may ask for
     */
    Waits(Backoff backoff, Duration longestAsked) {
        this.backoff = backoff;
        this.longestAsked = longestAsked;
    }

    /** What the server last advised (C-19). */
    long interval(SessionState state) {
        return Math.min(TimeUnit.MILLISECONDS.toNanos(state.advice().intervalMs()), longestAsked.toNanos());
    }

    /** C-105: a lower bound for whatever comes next. */
    long retryAfter(BayeuxException failure) {
        Duration asked = failure instanceof TransportException transport
                ? transport.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (asked.isNegative()) {
            return 0;
        }
        return (asked.compareTo(longestAsked) < 0 ? asked : longestAsked).toNanos();
    }

    /** Whether the client itself would never wait for so long after a failure. */
    boolean isLong(long askedNs) {
        return askedNs > backoff.maximum().toNanos();
    }

    /** C-102, C-104: after a failure, growing with each in a row. */
    long backoff(SessionState state) {
        return backoff(state.history().consecutive().backoff(), state);
    }

    /** C-23: before a handshake that the budget does not cover. */
    long overdraft(SessionState state) {
        int overdrawn = state.budget().overdrawn();
        return overdrawn > 0 ? backoff(overdrawn, state) : 0;
    }

    /** Before the next connect, where connects serve no subscriber. */
    long slowDown(SessionState state, long nowNs) {
        return state.history().patience().budget().repaidInNs(nowNs, increment());
    }

    /** C-102: after whole rounds over all endpoints that have failed, growing with each. */
    long roundBackoff(SessionState state, int endpoints) {
        return backoff(Math.max(1, state.history().consecutive().backoff() / endpoints), state);
    }

    /** When connections may next be renewed on suspicion: once in the shortest wait of the backoff. */
    long nextRenewal(SessionState state, long nowNs) {
        Long lastNs = state.history().renewedNs();
        if (lastNs == null) {
            return nowNs;
        }
        // One that is still to come is the next: to put it off again and again would mean never.
        return lastNs - nowNs > 0 ? lastNs : Math.max(nowNs, lastNs + increment());
    }

    /** How often the patience gets one connect back. */
    long increment() {
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
