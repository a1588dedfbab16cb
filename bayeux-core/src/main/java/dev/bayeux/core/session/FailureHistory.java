package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/**
 * The failures since the program connected, as far as they slow the client down or end its attempts.
 *
 * @param consecutive the failures since the client was last connected
 * @param everConnected whether the client was ever connected
 * @param credentialsRenewed whether the client has asked for new credentials since the last successful connect
 * @param idleConnects how many more connects may serve no subscriber although the server could have held them, before the
 *            client slows down
 * @param servedSince whether a delivery has served a subscriber since the last connect was answered
 * @param renewedNs when a connection check last replaced the connections, or will do so; {@code null} if none did
 * @param transports the transports that are excluded
 */
record FailureHistory(ConsecutiveFailures consecutive, boolean everConnected, boolean credentialsRenewed,
        RequestBudget idleConnects, boolean servedSince, @Nullable Long renewedNs, TransportHistory transports) {

    static final FailureHistory NONE = new FailureHistory(ConsecutiveFailures.NONE, false, false,
            RequestBudget.full(RequestBudget.CONNECTS, 0), false, null, TransportHistory.NONE);

    /** Adds a failure; {@code passes} if the server advised another attempt. */
    FailureHistory failed(BayeuxException failure, boolean passes, long nowNs) {
        return with(consecutive.with(failure, passes, nowNs));
    }

    FailureHistory backoffReset() {
        return with(consecutive.backoffReset());
    }

    private FailureHistory with(ConsecutiveFailures newFailures) {
        return new FailureHistory(newFailures, everConnected, credentialsRenewed, idleConnects, servedSince, renewedNs,
                transports);
    }

    /** Forgets the failures after a successful connect; returns the same object if there were none. */
    FailureHistory connected(TransportHistory.Use use) {
        TransportHistory proven = transports.connected(use);
        return everConnected && !credentialsRenewed && consecutive == ConsecutiveFailures.NONE && proven == transports
                ? this
                : new FailureHistory(ConsecutiveFailures.NONE, true, false, idleConnects, servedSince, renewedNs,
                        proven);
    }

    /** Records a delivery to a subscriber; returns the same object after the first. */
    FailureHistory served() {
        return servedSince
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed, idleConnects, true, renewedNs,
                        transports);
    }

    /** Records the answer to a connect that the server could have held; without a served subscriber it counts as idle. */
    FailureHistory answered(boolean served, long nowNs, long refillNs) {
        RequestBudget budget = served ? idleConnects : idleConnects.take(nowNs, refillNs);
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, budget, false, renewedNs,
                transports);
    }

    FailureHistory renewedCredentials() {
        return new FailureHistory(consecutive, everConnected, true, idleConnects, servedSince, renewedNs, transports);
    }

    FailureHistory connectionChecked(long nowNs) {
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, idleConnects, servedSince, nowNs,
                transports);
    }

    FailureHistory with(TransportHistory newTransports) {
        return newTransports == transports
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed, idleConnects, servedSince,
                        renewedNs,
                        newTransports);
    }
}
