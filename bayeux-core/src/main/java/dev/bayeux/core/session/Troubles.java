package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong since the program connected; everything that slows the client down or makes it give up.
 *
 * @param row the failures since the client was last connected
 * @param everConnected whether it ever was
 * @param credentialsRenewed whether fresh credentials were asked for since a connect last succeeded
 * @param patience what is left of the patience with connects that the server could have held and that served no
 *            subscriber
 * @param doubtedNs when connections were last renewed on suspicion, or will be, {@code null} if they never were
 * @param transports which transports are left out
 */
record Troubles(FailureRow row, boolean everConnected, boolean credentialsRenewed, Patience patience,
        @Nullable Long doubtedNs, TransportHistory transports) {

    /**
     * How many connects may still serve no subscriber before the client slows down.
     *
     * @param budget how many
     * @param served whether a delivery has served a subscriber since the last connect was answered
     */
    record Patience(RequestBudget budget, boolean served) {}

    static final Troubles NONE = new Troubles(FailureRow.NONE, false, false,
            new Patience(RequestBudget.full(RequestBudget.CONNECTS, 0), false), null, TransportHistory.NONE);

    /** One more failure; {@code passes} if the server itself has said that it is worth trying again. */
    Troubles failed(BayeuxException failure, boolean passes, long nowNs) {
        return with(row.with(failure, passes, nowNs));
    }

    Troubles backoffReset() {
        return with(row.backoffReset());
    }

    private Troubles with(FailureRow newRow) {
        return new Troubles(newRow, everConnected, credentialsRenewed, patience, doubtedNs, transports);
    }

    /** All is well. */
    Troubles connected(TransportHistory.Use use) {
        return new Troubles(FailureRow.NONE, true, false, patience, doubtedNs, transports.connected(use));
    }

    /** A delivery has served a subscriber; the same object if one has before. */
    Troubles served() {
        return patience.served()
                ? this
                : new Troubles(row, everConnected, credentialsRenewed, new Patience(patience.budget(), true), doubtedNs,
                        transports);
    }

    /** A connect was answered that the server could have held; one that served nobody costs patience. */
    Troubles answered(boolean fruitful, long nowNs, long refillNs) {
        RequestBudget left = fruitful ? patience.budget() : patience.budget().take(nowNs, refillNs);
        return new Troubles(row, everConnected, credentialsRenewed, new Patience(left, false), doubtedNs, transports);
    }

    Troubles renewedCredentials() {
        return new Troubles(row, everConnected, true, patience, doubtedNs, transports);
    }

    /** The connections were renewed on suspicion. */
    Troubles doubted(long nowNs) {
        return new Troubles(row, everConnected, credentialsRenewed, patience, nowNs, transports);
    }

    Troubles with(TransportHistory newTransports) {
        return newTransports == transports
                ? this
                : new Troubles(row, everConnected, credentialsRenewed, patience, doubtedNs, newTransports);
    }
}
