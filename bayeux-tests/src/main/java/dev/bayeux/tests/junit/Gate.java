package dev.bayeux.tests.junit;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides which HTTP requests, upgrades to WebSocket among them, reach the Bayeux server. */
final class Gate {

    private final AtomicInteger unavailable = new AtomicInteger();
    private final Consumer<String> notes;
    private volatile String retryAfter = "";
    private volatile String authorization = "";

    Gate(Consumer<String> notes) {
        this.notes = notes;
    }

    void unavailable(int times, Duration wait) {
        // Rounded up: the header has whole seconds.
        retryAfter = wait.isZero() ? "" : Long.toString(wait.plusMillis(999).toSeconds());
        unavailable.addAndGet(times);
    }

    void requireAuthorization(String header) {
        authorization = header;
    }

    /** {@code null} if the request may pass. */
    @Nullable
    Answer judge(ReceivedRequest request) {
        // Messages on a WebSocket pass: the upgrade was checked.
        if (request.isSocketMessage()) {
            return null;
        }
        if (Countdown.next(unavailable)) {
            notes.accept("answered with HTTP status 503");
            Reply busy = Answer.status(503);
            return retryAfter.isEmpty() ? busy : busy.header("Retry-After", retryAfter);
        }
        if (!authorization.isEmpty() && !request.header("Authorization").equals(authorization)) {
            notes.accept("answered with HTTP status 401");
            return Answer.status(401).header("WWW-Authenticate", "Bearer");
        }
        return null;
    }
}
