package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong since the program connected; everything that slows the client down or makes it give up.
 *
 * @param consecutive the failures since the client was last connected
 * @param everConnected whether it ever was
 * @param credentialsRenewed whether fresh credentials were asked for since a connect last succeeded
 * @param patience what is left of the patience with connects that the server could have held and that served no
 *            subscriber
 * @param renewedNs when connections were last renewed on suspicion, or will be, {@code null} if they never were
 * @param transports which transports are left out
 */
record FailureHistory(ConsecutiveFailures consecutive, boolean everConnected, boolean credentialsRenewed,
        Patience patience,
        @Nullable Long renewedNs, TransportHistory transports) {

    /**
     * How many connects may still serve no subscriber before the client slows down.
     *
     * @param budget how many
     * @param served whether a delivery has served a subscriber since the last connect was answered
     */
    record Patience(RequestBudget budget, boolean served) {}

    static final FailureHistory NONE = new FailureHistory(ConsecutiveFailures.NONE, false, false,
            new Patience(RequestBudget.full(RequestBudget.CONNECTS, 0), false), null, TransportHistory.NONE);

    /** One more failure; {@code passes} if the server itself has said that it is worth trying again. */
    FailureHistory failed(BayeuxException failure, boolean passes, long nowNs) {
        return with(consecutive.with(failure, passes, nowNs));
    }

    FailureHistory backoffReset() {
        return with(consecutive.backoffReset());
    }

    private FailureHistory with(ConsecutiveFailures newFailures) {
        return new FailureHistory(newFailures, everConnected, credentialsRenewed, patience, renewedNs, transports);
    }

    /** All is well. */
    FailureHistory connected(TransportHistory.Use use) {
        return new FailureHistory(ConsecutiveFailures.NONE, true, false, patience, renewedNs,
                transports.connected(use));
    }

    /** A delivery has served a subscriber; the same object if one has before. */
    FailureHistory served() {
        return patience.served()
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed,
                        new Patience(patience.budget(), true), renewedNs,
                        transports);
    }

    /** A connect was answered that the server could have held; one that served nobody costs patience. */
    FailureHistory answered(boolean fruitful, long nowNs, long refillNs) {
        RequestBudget left = fruitful ? patience.budget() : patience.budget().take(nowNs, refillNs);
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, new Patience(left, false), renewedNs,
                transports);
    }

    FailureHistory renewedCredentials() {
        return new FailureHistory(consecutive, everConnected, true, patience, renewedNs, transports);
    }

    /** The connections were renewed on suspicion. */
    FailureHistory suspected(long nowNs) {
        return new FailureHistory(consecutive, everConnected, credentialsRenewed, patience, nowNs, transports);
    }

    FailureHistory with(TransportHistory newTransports) {
        return newTransports == transports
                ? this
                : new FailureHistory(consecutive, everConnected, credentialsRenewed, patience, renewedNs,
                        newTransports);
    }
}
