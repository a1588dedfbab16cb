package dev.bayeux.core.session;

/**
 * How many more requests of one kind may be sent without a wait. A handshake that the server asks for needs no wait, and
 * neither does the connect after one that was answered with nothing; but no server can make a storm of them (protocol.md
 * C-23). Success gives nothing back; only time does.
 *
 * @param size how many may be sent at once
 * @param left how many of them are left; below zero, how many were sent beyond that
 * @param refilledNs when one was last given back
 */
record RequestBudget(int size, int left, long refilledNs) {

    /** Handshakes that may follow each other at once. */
    static final int HANDSHAKES = 3;

    /** Connects that may follow each other at once although they served no subscriber. */
    static final int CONNECTS = 10;

    static RequestBudget full(int size, long nowNs) {
        return new RequestBudget(size, size, nowNs);
    }

    /** Takes one, after giving back what the time since has earned. */
    RequestBudget take(long nowNs, long refillNs) {
        long earned = Math.max(0, nowNs - refilledNs) / refillNs;
        return left + earned >= size
                ? new RequestBudget(size, size - 1, nowNs)
                : new RequestBudget(size, (int) (left + earned) - 1, refilledNs + earned * refillNs);
    }

    /** How many were sent too soon, which makes the next wait longer: a debt that only time pays back. */
    int overdrawn() {
        return Math.max(0, -left);
    }

    /** How long it takes until nothing is overdrawn. */
    long repaidInNs(long nowNs, long refillNs) {
        return left >= 0 ? 0 : Math.max(0, refilledNs + refillNs * -left - nowNs);
    }
}
