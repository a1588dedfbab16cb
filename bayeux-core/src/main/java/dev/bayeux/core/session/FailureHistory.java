package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/**
 * The failures since the program connected, as far as they slow the client down or end its attempts.
 *
 * @param consecutive the failures since the client was last connected
 * @param everConnected whether the client was ever connected
 * @param credentialsRenewed whether the client has asked for new credentials since the last successful connect
 * @param idleConnects how many more connects may serve no subscriber although the server could have held them
 * @param renewedNs when a connection check last replaced the connections, or will do so; {@code null} if none did
 * @param transports the transports that are excluded
 */
record FailureHistory(ConsecutiveFailures consecutive, boolean everConnected, boolean credentialsRenewed,
        IdleConnects idleConnects,
        @Nullable Long renewedNs, TransportHistory transports) {

    /**
     * The number of connects that may serve no subscriber before the client slows down; {@code served} whether a delivery has
     * served one since the last connect was answered.
     */
    record IdleConnects(RequestBudget budget, boolean served) {}

    static final FailureHistory NONE = new FailureHistory(ConsecutiveFailures.NONE, false, false,
            new IdleConnects(RequestBudget.full(RequestBudget.CONNECTS, 0), false), null, TransportHistory.NONE);

    /** Adds a failure; {@code passes} if the server advised another attempt. */
    FailureHistory failed(BayeuxException failure, boolean passes, long nowNs) {
        return with(consecutive.with(failure, passes, nowNs));
    }

    FailureHistory backoffReset() {
        return with(consecutive.backoffReset());
    }

    private FailureHistory with(ConsecutiveFailures newFailures) {
        return new FailureHistory(newFailures, everConnected, credentialsRenewed, idleConnects, renewedNs, transports);
    }

    /** Forgets the failures after a successful connect. */
    FailureHistory connected(TransportHistory.Use use) {
        return new FailureHistory(ConsecutiveFailures.NONE, true, false, idleConnects, renewedNs,
                transports.connected(use));
    }

    /** Records a delivery to a subscriber; returns the same object after the first. */
    FailureHistory served() {
        return idleConnects.served()
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed,
                        new IdleConnects(idleConnects.budget(), true), renewedNs,
                        transports);
    }

    /** Records the answer to a connect that the server could have held; without a served subscriber it counts as idle. */
    FailureHistory answered(boolean served, long nowNs, long refillNs) {
        RequestBudget budget = served ? idleConnects.budget() : idleConnects.budget().take(nowNs, refillNs);
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, new IdleConnects(budget, false),
                renewedNs,
                transports);
    }

    FailureHistory renewedCredentials() {
        return new FailureHistory(consecutive, everConnected, true, idleConnects, renewedNs, transports);
    }

    FailureHistory connectionChecked(long nowNs) {
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, idleConnects, nowNs, transports);
    }

    FailureHistory with(TransportHistory newTransports) {
        return newTransports == transports
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed, idleConnects, renewedNs,
                        newTransports);
    }
}
