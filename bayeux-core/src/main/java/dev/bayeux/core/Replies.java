package dev.bayeux.core;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Queues requests and waits for what becomes of them, on the thread of the program. */
final class Replies {

    private final Session session;
    private final Timeouts timeouts;

    Replies(Session session, Timeouts timeouts) {
        this.session = session;
        this.timeouts = timeouts;
    }

    void submit(List<Request> requests) {
        String channel = requests.getFirst().channel();
        try {
            if (!session.submit(requests)) {
                throw new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, channel,
                        "Not sent to %s: too many messages wait to be sent. A larger maxQueuedMessages (now %d) would let more wait."
                                .formatted(channel, session.config().limits().maxQueuedMessages()),
                        null);
            }
        } catch (DisconnectedException none) {
            throw new PublishException(none.kind(), Outcome.NOT_SENT, channel,
                    "Not sent to %s. %s".formatted(channel, none.getMessage()), none);
        }
    }

    /**
     * Waits for one reply: first for its turn to be sent, then, once it is on its way, for as long as an answer may
     * take. Whatever the session does, this ends.
     *
     * @return the reply; {@code null} if the server has answered the request without mentioning this message
     */
    @Nullable
    IncomingMessage await(Request request) throws InterruptedException {
        Duration first = request.kind() == Kind.CALL ? timeouts.reply() : timeouts.send();
        try {
            return request.reply().get(first.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            if (session.withdraw(request)) {
                throw new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, request.channel(),
                        "Not sent to %s: it could not be sent within %d ms (sendTimeout). %s".formatted(
                                request.channel(),
                                first.toMillis(), whyNot()),
                        session.shown().lastFailure().orElse(null));
            }
            return awaitSent(request);
        } catch (ExecutionException failed) {
            throw here(failed);
        } catch (InterruptedException interrupted) {
            session.withdraw(request);
            session.forget(request);
            throw interrupted;
        }
    }

    private String whyNot() {
        return "The client is %s.".formatted(session.shown().status());
    }

    private @Nullable IncomingMessage awaitSent(Request request) throws InterruptedException {
        try {
            // A request may be sent twice if credentials are renewed between; after that nobody needs to wait.
            long limitNs = request.kind() == Kind.CALL ? 0 : 3 * timeouts.reply().toNanos();
            return request.reply().get(limitNs, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                    "No answer on %s within %d ms (replyTimeout). The message was sent; the server may have processed it."
                            .formatted(request.channel(), timeouts.reply().toMillis()),
                    null);
        } catch (ExecutionException failed) {
            throw here(failed);
        } finally {
            session.forget(request);
        }
    }

    /** The same failure with the stack of the thread that waited: it points at the call. */
    private RuntimeException here(ExecutionException failed) {
        if (failed.getCause() instanceof PublishException there) {
            return new PublishException(there.kind(), there.outcome(), there.channel(), there.getMessage(),
                    there.getCause());
        }
        return failed.getCause() instanceof BayeuxException other
                ? other
                : new IllegalStateException(failed.getCause());
    }

    void awaitAll(List<Request> requests) throws InterruptedException {
        Map<Integer, PublishException> failures = new TreeMap<>();
        for (int n = 0; n < requests.size(); n++) {
            try {
                await(requests.get(n));
            } catch (PublishException failed) {
                failures.put(n, failed);
            } catch (InterruptedException interrupted) {
                requests.forEach(session::withdraw);
                throw interrupted;
            }
        }
        if (!failures.isEmpty()) {
            throw new BatchException("%d of %d messages were not accepted; the first: %s".formatted(failures.size(),
                    requests.size(), failures.values().iterator().next().getMessage()), failures);
        }
    }
}
