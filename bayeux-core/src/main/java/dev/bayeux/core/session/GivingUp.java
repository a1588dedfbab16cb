package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;

/** Decides when the client stops its attempts (protocol.md C-14). */
record GivingUp(SessionSettings settings) {

    /** The number of permanent failures in a row that ends the attempts of a client that was never connected. */
    static final int PERMANENT_FAILURES = 3;

    /** Whether the failure that the state has just counted ends the attempts. */
    boolean after(BayeuxException failure, SessionState state, long nowNs) {
        return isFinal(failure, state.history()) || hasTriedEnough(state, nowNs);
    }

    private boolean isFinal(BayeuxException failure, FailureHistory history) {
        // One of several endpoints may be misconfigured.
        int endpoints = settings.endpoints().size();
        boolean permanent = history.consecutive().permanent() >= Math.max(PERMANENT_FAILURES, endpoints);
        return switch (failure.kind()) {
            case CONFIGURATION -> history.consecutive().permanent() >= endpoints && !history.everConnected();
            // With a credentials source, the server has refused new credentials by now.
            case AUTHENTICATION -> (settings.hasCredentials() || permanent) && !goesOnWhenRefused(history);
            case PERMANENT, TRANSIENT -> permanent && !history.everConnected();
        };
    }

    /** Whether a client survives refused credentials: the server accepted it before, and may do so again. */
    boolean goesOnWhenRefused(FailureHistory history) {
        return history.everConnected() && settings.onAuthenticationFailure() == OnAuthenticationFailure.RETRY;
    }

    /** Whether a limit of the program's backoff is reached. */
    boolean hasTriedEnough(SessionState state, long nowNs) {
        ConsecutiveFailures failures = state.history().consecutive();
        Backoff backoff = settings.backoff();
        Duration lasted = Duration.ofNanos(nowNs - failures.sinceNs());
        return failures.count() >= backoff.maxAttempts().orElse(Integer.MAX_VALUE)
                || backoff.maxTime().filter(limit -> lasted.compareTo(limit) >= 0).isPresent();
    }
}
