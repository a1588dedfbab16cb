package dev.bayeux.cli.console;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Suggests options that help against a failure. */
public final class Hint {

    private static final int NOT_FOUND = 404;
    private static final int NO_POST = 405;
    private static final int PROXY_LOGIN = 407;
    /** What a server says of TLS that it does not accept; it gives no other reason. */
    private static final String ALERT = "Received fatal alert: ";
    private static final Pattern OF_CLIENT = Pattern
            .compile(ALERT + "(\\w*certificate\\w*|unknown_ca|access_denied|handshake_failure)");
    private static final Set<Integer> DENIED = Set.of(401, 403);

    private Hint() {
    }

    /**
     * Looks for an option.
     *
     * @param failed what was thrown
     * @return a sentence; empty if no option helps
     */
    public static Optional<String> of(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException carried) {
                int status = carried.status().orElse(0);
                if (status == PROXY_LOGIN) {
                    // The text names the option already, and the options for the server do not help.
                    return Optional.empty();
                }
                if (carried.problem() == TransportException.Problem.UNTRUSTED
                        && OF_CLIENT.matcher(String.valueOf(carried.getMessage())).find()) {
                    return Optional.of(
                            "The server refused this client: -E FILE[:PASSWORD] shows a client certificate, if the server requires one.");
                }
                if (carried.problem() == TransportException.Problem.UNTRUSTED) {
                    return Optional.of("--cacert FILE trusts a certificate of your own, -k any.");
                }
                if (status == NOT_FOUND || status == NO_POST) {
                    return Optional.of(
                            "Is the path of the address right? That of CometD is often /cometd, that of Faye /faye or /bayeux.");
                }
            }
            if (cause instanceof BayeuxException known && known.kind() == FailureKind.AUTHENTICATION) {
                return Optional.of("--user, --bearer-file, --header and --ext say who you are.");
            }
            if (cause instanceof RefusedException refused && DENIED.contains(refused.error().code().orElse(0))) {
                return Optional.of("Servers that want a token in each message, as Faye's may, get it by"
                        + " --ext handshake,subscribe,publish=JSON.");
            }
        }
        return Optional.empty();
    }
}
