package dev.bayeux.core.session;

/**
 * How many more handshakes may be made without a backoff. A handshake that the server asks for needs no wait, but a
 * server or a load balancer that forgets each session at once must not be able to make a storm of it (PROTOCOL C-23).
 * Success gives nothing back; only time does.
 *
 * @param left how many may be made at once; below zero, how many were made beyond that
 * @param refilledNs when one was last given back
 */
record HandshakeBudget(int left, long refilledNs) {

    static final int FREE = 3;

    static HandshakeBudget full(long nowNs) {
        return new HandshakeBudget(FREE, nowNs);
    }

    /** Takes one, after giving back what the time since has earned. */
    HandshakeBudget take(long nowNs, long refillNs) {
        long earned = Math.max(0, nowNs - refilledNs) / refillNs;
        return left + earned >= FREE
                ? new HandshakeBudget(FREE - 1, nowNs)
                : new HandshakeBudget((int) (left + earned) - 1, refilledNs + earned * refillNs);
    }

    /** How many were made too soon, which makes the next wait longer: a debt that only time pays back. */
    int overdrawn() {
        return Math.max(0, -left);
    }
}
