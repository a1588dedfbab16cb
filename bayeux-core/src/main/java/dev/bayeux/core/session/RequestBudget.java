package dev.bayeux.core.session;

/**
 * The number of requests of one kind that the client may send without a wait. A handshake that the server asks for needs no
 * wait, and neither does the connect after an empty answer. The budget prevents a server from causing many of them
 * (protocol.md C-23). Only time refills it; a success does not.
 *
 * @param size the most requests without a wait
 * @param remaining the requests remaining; negative if more were sent
 * @param refilledNs when the budget last gained a request
 */
record RequestBudget(int size, int remaining, long refilledNs) {

    /** The most handshakes in a row without a wait. */
    static final int HANDSHAKES = 3;

    /** The most connects in a row without a wait that serve no subscriber. */
    static final int CONNECTS = 10;

    static RequestBudget full(int size, long nowNs) {
        return new RequestBudget(size, size, nowNs);
    }

    /** Adds what the time since has earned, then takes one. */
    RequestBudget take(long nowNs, long refillNs) {
        long earned = Math.max(0, nowNs - refilledNs) / refillNs;
        return remaining + earned >= size
                ? new RequestBudget(size, size - 1, nowNs)
                : new RequestBudget(size, (int) (remaining + earned) - 1, refilledNs + earned * refillNs);
    }

    /** Returns how many requests exceed the budget; each lengthens the next wait. */
    int overdrawn() {
        return Math.max(0, -remaining);
    }

    /** Returns the time until no request exceeds the budget. */
    long repaidInNs(long nowNs, long refillNs) {
        return remaining >= 0 ? 0 : Math.max(0, refilledNs + refillNs * -remaining - nowNs);
    }
}
