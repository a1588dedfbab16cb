package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;

/** When another attempt makes no sense, or the program does not want one (protocol.md C-14). */
final class GivingUp {

    /** So many failures in a row that do not pass by themselves end the trying of a client that was never connected. */
    static final int PERMANENT_FAILURES = 3;

    private final SessionSettings settings;

    GivingUp(SessionSettings settings) {
        this.settings = settings;
    }

    /** Whether a failure, which is counted in the state, is the last. */
    boolean after(BayeuxException failure, SessionState state, long nowNs) {
        return isFinal(failure, state.history()) || hasTriedEnough(state, nowNs);
    }

    private boolean isFinal(BayeuxException failure, FailureHistory history) {
        // Of several endpoints one may be set up wrongly.
        int endpoints = settings.endpoints().size();
        boolean permanent = history.consecutive().permanent() >= Math.max(PERMANENT_FAILURES, endpoints);
        return switch (failure.kind()) {
            case CONFIGURATION -> history.consecutive().permanent() >= endpoints && !history.everConnected();
            // With a source of credentials, fresh ones have been refused by now.
            case AUTHENTICATION -> (settings.hasCredentials() || permanent) && !goesOnWhenRefused(history);
            case PERMANENT, TRANSIENT -> permanent && !history.everConnected();
        };
    }

    /** Whether a refusal of who the client is does not end it: it was accepted before, and may be again. */
    boolean goesOnWhenRefused(FailureHistory history) {
        return history.everConnected() && settings.onAuthenticationFailure() == OnAuthenticationFailure.RETRY;
    }

    /** Whether the program's own limits are reached. */
    boolean hasTriedEnough(SessionState state, long nowNs) {
        ConsecutiveFailures failures = state.history().consecutive();
        Backoff backoff = settings.backoff();
        return backoff.maxAttempts() > 0 && failures.count() >= backoff.maxAttempts()
                || !backoff.maxTime().isZero()
                        && Duration.ofNanos(nowNs - failures.sinceNs()).compareTo(backoff.maxTime()) >= 0;
    }
}
