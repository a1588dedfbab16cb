package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The failures since the client was last connected.
 *
 * @param count their number
 * @param sinceNs the time of the first; undefined without failures
 * @param backedOffFrom how many of them the backoff no longer counts, since the client tried another endpoint or transport
 * @param permanent how many of the last ones were not transient
 * @param notUpgraded how many of the last ones were failed upgrades to WebSocket
 * @param unanswered how many of the last ones brought no Bayeux answer
 * @param last the last of them, {@code null} without failures
 */
record ConsecutiveFailures(int count, long sinceNs, int backedOffFrom, int permanent, int notUpgraded, int unanswered,
        @Nullable BayeuxException last) {

    static final ConsecutiveFailures NONE = new ConsecutiveFailures(0, 0, 0, 0, 0, 0, null);

    /** Adds a failure; {@code passes} if the server advised another attempt. */
    ConsecutiveFailures with(BayeuxException failure, boolean passes, long nowNs) {
        return new ConsecutiveFailures(count + 1, count == 0 ? nowNs : sinceNs, backedOffFrom,
                passes || failure.kind() == FailureKind.TRANSIENT ? 0 : permanent + 1,
                FailureClass.isNotUpgraded(failure) ? notUpgraded + 1 : 0,
                FailureClass.isUnanswered(failure) ? unanswered + 1 : 0, failure);
    }

    /** Returns the number of failures that the backoff counts. */
    int backoff() {
        return count - backedOffFrom;
    }

    /**
     * Restarts the backoff, as after a successful handshake (C-102) and before a handshake that replaces a lost session (A2,
     * A6, A11). Keeps counting the failures, since only a connect proves that the session works.
     */
    ConsecutiveFailures backoffReset() {
        return new ConsecutiveFailures(count, sinceNs, count, permanent, notUpgraded, 0, last);
    }
}
