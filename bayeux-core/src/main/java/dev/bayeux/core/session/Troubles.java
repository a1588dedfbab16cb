package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong lately; everything that slows the client down or makes it give up.
 *
 * @param row how many attempts have failed since the client was last connected
 * @param rowStartNs when that row began; meaningless while it is 0
 * @param backedOffFrom how many of them the backoff does not count any more, since something else was tried
 * @param hopeless how many failures in a row were of the kinds that do not pass by themselves
 * @param last the last failure of the row, {@code null} while it is 0
 * @param everConnected whether this client has been connected since it was opened
 * @param credentialsRenewed whether fresh credentials were asked for since a connect last succeeded
 * @param emptyConnects how many connects in a row, of those the server could have held, were answered at once and
 *            with nothing
 * @param unusable connection types that the server has answered with something that is not Bayeux (C-128)
 */
record Troubles(int row, long rowStartNs, int backedOffFrom, int hopeless, @Nullable BayeuxException last,
        boolean everConnected,
        boolean credentialsRenewed, int emptyConnects, List<String> unusable) {

    static final Troubles NONE = new Troubles(0, 0, 0, 0, null, false, false, 0, List.of());

    /** One more; {@code passes} if the server itself has said that it is worth trying again. */
    Troubles failed(BayeuxException failure, boolean passes, long nowNs) {
        return new Troubles(row + 1, row == 0 ? nowNs : rowStartNs, backedOffFrom,
                passes || failure.kind() == FailureKind.TRANSIENT ? 0 : hopeless + 1, failure, everConnected,
                credentialsRenewed, emptyConnects, unusable);
    }

    /** How many failures the backoff counts. */
    int backoffRow() {
        return row - backedOffFrom;
    }

    /**
     * The waits begin anew, as after a successful handshake (C-102) and before one that follows a lost session (A2, A6,
     * A11). The row goes on: only a connect proves that all is well.
     */
    Troubles backoffReset() {
        return new Troubles(row, rowStartNs, row, hopeless, last, everConnected, credentialsRenewed, emptyConnects,
                unusable);
    }

    /** All is well. */
    Troubles connected() {
        return new Troubles(0, 0, 0, 0, null, true, false, emptyConnects, unusable);
    }

    /** A connect that the server could have held was answered at once and with nothing, or was not. */
    Troubles answered(boolean fruitless) {
        return new Troubles(row, rowStartNs, backedOffFrom, hopeless, last, everConnected, credentialsRenewed,
                fruitless ? emptyConnects + 1 : 0, unusable);
    }

    Troubles renewedCredentials() {
        return new Troubles(row, rowStartNs, backedOffFrom, hopeless, last, everConnected, true, emptyConnects,
                unusable);
    }

    Troubles without(String connectionType) {
        List<String> all = new ArrayList<>(unusable);
        all.add(connectionType);
        return new Troubles(row, rowStartNs, backedOffFrom, hopeless, last, everConnected, credentialsRenewed,
                emptyConnects, List.copyOf(all));
    }
}
