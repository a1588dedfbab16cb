package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The failures since the client was last connected.
 *
 * @param count how many
 * @param sinceNs when the first of them happened; means nothing while there is none
 * @param backedOffFrom how many of them the backoff does not count any more, since something else was tried
 * @param permanent how many of the last ones were of the kinds that do not pass by themselves
 * @param notUpgraded how many of the last ones were upgrades that gave no WebSocket
 * @param unanswered how many of the last ones say that nobody was there who speaks Bayeux
 * @param last the last of them, {@code null} while there is none
 */
record ConsecutiveFailures(int count, long sinceNs, int backedOffFrom, int permanent, int notUpgraded, int unanswered,
        @Nullable BayeuxException last) {

    static final ConsecutiveFailures NONE = new ConsecutiveFailures(0, 0, 0, 0, 0, 0, null);

    /** One more; {@code passes} if the server itself has said that it is worth trying again. */
    ConsecutiveFailures with(BayeuxException failure, boolean passes, long nowNs) {
        return new ConsecutiveFailures(count + 1, count == 0 ? nowNs : sinceNs, backedOffFrom,
                passes || failure.kind() == FailureKind.TRANSIENT ? 0 : permanent + 1,
                FailureClass.isNotUpgraded(failure) ? notUpgraded + 1 : 0,
                FailureClass.isUnanswered(failure) ? unanswered + 1 : 0, failure);
    }

    /** How many failures the backoff counts. */
    int backoff() {
        return count - backedOffFrom;
    }

    /**
     * The waits begin anew, as after a successful handshake (C-102) and before one that follows a lost session (A2, A6,
     * A11). The failures go on counting: only a connect proves that all is well.
     */
    ConsecutiveFailures backoffReset() {
        return new ConsecutiveFailures(count, sinceNs, count, permanent, notUpgraded, 0, last);
    }
}
