package dev.bayeux.micrometer;

import dev.bayeux.api.ClientState;
import dev.bayeux.api.error.SafeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says whether a client is well, in the words that health endpoints have. Immutable.
 *
 * @param status the verdict
 * @param details what it is based on, as texts: {@code status}, {@code since}, {@code failedAttempts}, and where they are
 *            known {@code lastFailure}, {@code nextAttempt}, {@code transport} and {@code server}, without the query of its
 *            address
 */
public record ClientHealth(Status status, Map<String, String> details) {

    /** How many attempts in a row may fail before a client is {@link Status#DOWN}: {@value}. */
    public static final int TOLERATED_ATTEMPTS = 2;

    /** The verdicts. */
    public enum Status {

        /** Connected. */
        UP,

        /** Not connected, but on the way: no more attempts in a row have failed than are tolerated. */
        UNKNOWN,

        /** Not connected after several attempts, or ended by a failure. */
        DOWN,

        /** Not connected since the program does not want it: suspended, disconnected, closed or not yet started. */
        OUT_OF_SERVICE
    }

    /** Copies the details, in their order. */
    public ClientHealth {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * Judges a state, and tolerates {@value #TOLERATED_ATTEMPTS} failed attempts in a row.
     *
     * @param state what {@link dev.bayeux.api.BayeuxClient#state()} returns
     * @return the verdict
     */
    public static ClientHealth of(ClientState state) {
        return of(state, TOLERATED_ATTEMPTS);
    }

    /**
     * Judges a state.
     *
     * @param state what {@link dev.bayeux.api.BayeuxClient#state()} returns
     * @param toleratedAttempts how many attempts in a row may fail, not negative
     * @return the verdict
     */
    public static ClientHealth of(ClientState state, int toleratedAttempts) {
        if (toleratedAttempts < 0) {
            throw new IllegalArgumentException(
                    "The tolerated attempts must not be negative, but are " + toleratedAttempts);
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("status", state.status().name());
        details.put("since", state.since().toString());
        details.put("failedAttempts", Integer.toString(state.failedAttempts()));
        state.lastFailure().ifPresent(failure -> details.put("lastFailure", SafeText.reason(failure)));
        state.nextAttempt().ifPresent(next -> details.put("nextAttempt", next.toString()));
        state.transport().ifPresent(transport -> details.put("transport", transport));
        state.endpoint().ifPresent(endpoint -> details.put("server",
                endpoint.uri().getScheme() + "://" + endpoint.uri().getHost()
                        + (endpoint.uri().getPort() < 0 ? "" : ":" + endpoint.uri().getPort())
                        + endpoint.uri().getRawPath()));
        return new ClientHealth(judge(state, toleratedAttempts), details);
    }

    private static Status judge(ClientState state, int toleratedAttempts) {
        return switch (state.status()) {
            case CONNECTED -> Status.UP;
            case SUSPENDED, DISCONNECTING -> Status.OUT_OF_SERVICE;
            case DISCONNECTED -> state.lastFailure().isPresent() ? Status.DOWN : Status.OUT_OF_SERVICE;
            default -> state.failedAttempts() > toleratedAttempts ? Status.DOWN : Status.UNKNOWN;
        };
    }
}
