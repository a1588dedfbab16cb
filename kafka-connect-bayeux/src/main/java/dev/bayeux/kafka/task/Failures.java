package dev.bayeux.kafka.task;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Which failures of the client end a task. */
final class Failures {

    private Failures() {
    }

    /** Whether a failure will not pass by itself. */
    static boolean isFinal(BayeuxException failure) {
        return failure.kind() != FailureKind.TRANSIENT || isTokenRefused(failure);
    }

    /** Whether the token endpoint has refused this connector. */
    static boolean isTokenRefused(Throwable failure) {
        Set<Throwable> known = new HashSet<>();
        for (@Nullable
        Throwable each = failure; each != null && known.add(each); each = each.getCause()) {
            if (each instanceof TokenRefusedException) {
                return true;
            }
        }
        return false;
    }

    /** The failure of the task, with the text of the client. */
    static ConnectException of(Throwable failure) {
        return new ConnectException(failure.getMessage(), failure);
    }
}
