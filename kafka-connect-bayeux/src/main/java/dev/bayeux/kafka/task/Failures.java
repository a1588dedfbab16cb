package dev.bayeux.kafka.task;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.oauth.OAuthException;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Decides which failures of the client end a task. */
final class Failures {

    /** The statuses with which a token endpoint refuses a client's id or secret (RFC 6749, section 5.2). */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    private Failures() {
    }

    /** Returns whether a retry does not remove a failure. */
    static boolean isFinal(BayeuxException failure) {
        return failure.kind() != FailureKind.TRANSIENT || isTokenRefused(failure);
    }

    /**
     * Returns whether a request was refused for its credentials. A reply that refuses a subscription does not count.
     */
    static boolean isRequestRefused(BayeuxException failure) {
        return failure.kind() == FailureKind.AUTHENTICATION
                && !(failure instanceof SubscribeException reply && reply.error().isPresent());
    }

    /** Returns whether the token endpoint has refused this connector. */
    static boolean isTokenRefused(Throwable failure) {
        Set<Throwable> known = new HashSet<>();
        for (@Nullable
        Throwable each = failure; each != null && known.add(each); each = each.getCause()) {
            if (each instanceof OAuthException token && REFUSALS.contains(token.status().orElse(0))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the failure of the task, with the text of the client's failure. */
    static ConnectException of(Throwable failure) {
        return new ConnectException(failure.getMessage(), failure);
    }
}
