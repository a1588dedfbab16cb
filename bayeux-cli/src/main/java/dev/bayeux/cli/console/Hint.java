package dev.bayeux.cli.console;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Suggests options that may prevent a failure. */
public final class Hint {

    private static final int NOT_FOUND = 404;
    private static final int NO_POST = 405;
    private static final int PROXY_LOGIN = 407;
    /** The text of a TLS alert, the only reason that a server gives when it rejects a TLS connection. */
    private static final String ALERT = "Received fatal alert: ";
    private static final Pattern OF_CLIENT = Pattern
            .compile(ALERT + "(\\w*certificate\\w*|unknown_ca|access_denied|handshake_failure)");
    private static final Set<Integer> DENIED = Set.of(401, 403);

    private Hint() {
    }

    /**
     * Finds a suggestion for a failure.
     *
     * @param failed what was thrown
     * @return a sentence; empty if no option helps
     */
    public static Optional<String> of(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException carried) {
                int status = carried.status().orElse(0);
                if (status == PROXY_LOGIN) {
                    // The failure's text names the option already. Options for the server do not help here.
                    return Optional.empty();
                }
                if (carried.problem() == TransportException.Problem.UNTRUSTED
                        && OF_CLIENT.matcher(String.valueOf(carried.getMessage())).find()) {
                    return Optional.of(
                            "The server refused this client: -E FILE[:PASSWORD] sends a client certificate, if the server requires one.");
                }
                if (carried.problem() == TransportException.Problem.UNTRUSTED) {
                    return Optional.of("--cacert FILE trusts your own certificate, -k trusts any certificate.");
                }
                if (status == NOT_FOUND || status == NO_POST) {
                    return Optional.of(
                            "Is the path of the address right? That of CometD is often /cometd, that of Faye /faye or /bayeux.");
                }
            }
            if (cause instanceof BayeuxException known && known.kind() == FailureKind.AUTHENTICATION) {
                return Optional.of("Give credentials with --user, --bearer-file, --header or --ext.");
            }
            if (cause instanceof RefusedException refused && DENIED.contains(refused.error().code().orElse(0))) {
                return Optional.of("If the server requires a token in each message, as Faye servers may, give it with"
                        + " --ext handshake,subscribe,publish=JSON.");
            }
        }
        return Optional.empty();
    }
}
