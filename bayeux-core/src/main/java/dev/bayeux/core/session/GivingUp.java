package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;

/** When another attempt makes no sense, or the program does not want one (PROTOCOL C-14). */
final class GivingUp {

    /** So many failures in a row that do not pass by themselves end the trying of a client that was never connected. */
    static final int HOPELESS = 3;

    private final SessionSettings settings;

    GivingUp(SessionSettings settings) {
        this.settings = settings;
    }

    /** Whether a failure, which is counted in the state, is the last. */
    boolean after(BayeuxException failure, SessionState state, long nowNs) {
        return isFinal(failure, state.troubles()) || hasTriedEnough(state, nowNs);
    }

    private boolean isFinal(BayeuxException failure, Troubles troubles) {
        // Of several endpoints one may be set up wrongly.
        int endpoints = settings.endpoints().size();
        boolean hopeless = troubles.row().hopeless() >= Math.max(HOPELESS, endpoints);
        return switch (failure.kind()) {
            case CONFIGURATION -> troubles.row().hopeless() >= endpoints && !troubles.everConnected();
            // With a source of credentials, fresh ones have been refused by now.
            case AUTHENTICATION -> (settings.hasCredentials() || hopeless) && !goesOnWhenRefused(troubles);
            case PERMANENT, TRANSIENT -> hopeless && !troubles.everConnected();
        };
    }

    /** Whether a refusal of who the client is does not end it: it was accepted before, and may be again. */
    boolean goesOnWhenRefused(Troubles troubles) {
        return troubles.everConnected() && settings.onAuthenticationFailure() == OnAuthenticationFailure.RETRY;
    }

    /** Whether the program's own limits are reached. */
    boolean hasTriedEnough(SessionState state, long nowNs) {
        FailureRow row = state.troubles().row();
        Backoff backoff = settings.backoff();
        return backoff.maxAttempts() > 0 && row.count() >= backoff.maxAttempts()
                || !backoff.maxTime().isZero()
                        && Duration.ofNanos(nowNs - row.sinceNs()).compareTo(backoff.maxTime()) >= 0;
    }
}
