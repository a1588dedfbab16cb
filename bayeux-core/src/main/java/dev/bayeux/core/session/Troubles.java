package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong since the program connected; everything that slows the client down or makes it give up.
 *
 * @param row the failures since the client was last connected
 * @param everConnected whether it ever was
 * @param credentialsRenewed whether fresh credentials were asked for since a connect last succeeded
 * @param emptyConnects how many connects in a row, of those the server could have held, were answered at once and with
 *            nothing
 * @param doubtedNs when connections were last renewed on suspicion, or will be, {@code null} if they never were
 * @param unusable connection types that servers have answered with something that is not Bayeux (C-128)
 */
record Troubles(FailureRow row, boolean everConnected, boolean credentialsRenewed, int emptyConnects,
        @Nullable Long doubtedNs, Set<Unusable> unusable) {

    /** What lies before one endpoint may let through what that before another does not. */
    record Unusable(int endpoint, String connectionType) {}

    static final Troubles NONE = new Troubles(FailureRow.NONE, false, false, 0, null, Set.of());

    /** One more failure; {@code passes} if the server itself has said that it is worth trying again. */
    Troubles failed(BayeuxException failure, boolean passes, long nowNs) {
        return with(row.with(failure, passes, nowNs));
    }

    Troubles backoffReset() {
        return with(row.backoffReset());
    }

    private Troubles with(FailureRow newRow) {
        return new Troubles(newRow, everConnected, credentialsRenewed, emptyConnects, doubtedNs, unusable);
    }

    /** All is well. */
    Troubles connected() {
        return new Troubles(FailureRow.NONE, true, false, emptyConnects, doubtedNs, unusable);
    }

    /** A connect that the server could have held was answered at once and with nothing, or was not. */
    Troubles answered(boolean fruitless) {
        // Most are not, one after the other: the same object tells everybody that nothing has changed.
        return fruitless || emptyConnects > 0
                ? new Troubles(row, everConnected, credentialsRenewed, fruitless ? emptyConnects + 1 : 0, doubtedNs,
                        unusable)
                : this;
    }

    Troubles renewedCredentials() {
        return new Troubles(row, everConnected, true, emptyConnects, doubtedNs, unusable);
    }

    /** The connections were renewed on suspicion. */
    Troubles doubted(long nowNs) {
        return new Troubles(row, everConnected, credentialsRenewed, emptyConnects, nowNs, unusable);
    }

    Troubles withUnusable(int endpoint, String connectionType) {
        return new Troubles(row, everConnected, credentialsRenewed, emptyConnects, doubtedNs,
                Stream.concat(unusable.stream(), Stream.of(new Unusable(endpoint, connectionType)))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
