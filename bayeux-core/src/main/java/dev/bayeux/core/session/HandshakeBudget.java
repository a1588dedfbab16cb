package dev.bayeux.core.session;

/**
 * How many more handshakes may be made without a backoff. A handshake that the server asks for needs no wait, but a
 * server or a load balancer that forgets each session at once must not be able to make a storm of it (PROTOCOL C-23).
 * Success gives nothing back; only time does.
 *
 * @param left how many may be made at once
 * @param refilledNs when one was last given back
 * @param overdrawn how many were made beyond that, which makes the next wait longer
 */
record HandshakeBudget(int left, long refilledNs, int overdrawn) {

    static final int FREE = 3;

    static HandshakeBudget full(long nowNs) {
        return new HandshakeBudget(FREE, nowNs, 0);
    }

    /** Takes one, after giving back what the time since has earned. */
    HandshakeBudget take(long nowNs, long refillNs) {
        long earned = Math.max(0, nowNs - refilledNs) / refillNs;
        int available = (int) Math.min(FREE, left + earned);
        if (available == 0) {
            return new HandshakeBudget(0, refilledNs, overdrawn + 1);
        }
        long since = available == FREE ? nowNs : refilledNs + earned * refillNs;
        return new HandshakeBudget(available - 1, since, 0);
    }
}
