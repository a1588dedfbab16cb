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
import dev.bayeux.core.observe.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queues requests and waits for what becomes of them, on the thread of the program. */
final class Replies {

    private static final String SEND_TIMEOUT = "sendTimeout";

    private final Session session;
    private final Timeouts timeouts;

    Replies(Session session, Timeouts timeouts) {
        this.session = session;
        this.timeouts = timeouts;
    }

    /** Hands in a request; times it if somebody looks, until {@link #await} has told what became of it. */
    @Nullable
    Timed submit(Request request) {
        Timed timed = begin(request);
        Function<Request, PublishException> why = trySubmit(List.of(request));
        if (why != null) {
            PublishException refused = why.apply(request);
            Timed.end(timed, refused);
            throw refused;
        }
        return timed;
    }

    /** All leave together, or none does. Times each; gives an empty list if nobody looks. */
    List<Timed> submitAll(List<Request> requests) {
        List<Timed> timed = beginAll(requests);
        Function<Request, PublishException> why = trySubmit(requests);
        if (why != null) {
            Map<Integer, PublishException> failures = new TreeMap<>();
            for (int n = 0; n < requests.size(); n++) {
                failures.put(n, why.apply(requests.get(n)));
                end(timed, n, failures.get(n));
            }
            throw failed(failures, requests);
        }
        return timed;
    }

    private @Nullable Timed begin(Request request) {
        Timed timed = session.observer().publish(request.channel());
        if (timed != null) {
            // That runs with the session's lock: the program is told by who waits.
            request.reply().whenComplete((reply, failure) -> timed.stop());
        }
        return timed;
    }

    private List<Timed> beginAll(List<Request> requests) {
        List<Timed> all = List.of();
        for (Request request : requests) {
            Timed timed = begin(request);
            if (timed == null) {
                // A recording that begins or ends meanwhile leaves this batch out.
                return List.of();
            }
            all = all.isEmpty() ? new ArrayList<>(requests.size()) : all;
            all.add(timed);
        }
        return all;
    }

    private static void end(List<Timed> timed, int n, @Nullable Throwable failure) {
        if (!timed.isEmpty()) {
            timed.get(n).end(failure);
        }
    }

    /** Gives the reason why nothing was queued, or {@code null}. */
    private @Nullable Function<Request, PublishException> trySubmit(List<Request> requests) {
        try {
            return session.outgoing().submit(requests) ? null : this::noRoom;
        } catch (DisconnectedException none) {
            return request -> Outcomes.notSent(request, none);
        }
    }

    private PublishException noRoom(Request request) {
        return new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, request.channel(),
                "Not sent to %s: too many messages wait to be sent. A larger maxQueuedMessages (now %d) would let more wait."
                        .formatted(request.channel(), session.config().limits().maxQueuedMessages()),
                null);
    }

    /**
     * Waits for one reply: first for its turn to be sent, then, once it is on its way, for as long as an answer may
     * take. Whatever the session does, this ends.
     *
     * @return the reply; {@code null} if the server has answered the request without mentioning this message
     */
    @Nullable
    IncomingMessage await(Request request, @Nullable Timed timed) throws InterruptedException {
        return await(request, null, timed);
    }

    /** The same, with a limit for a call that is not the usual one. */
    @Nullable
    IncomingMessage await(Request request, @Nullable Duration limit, @Nullable Timed timed)
            throws InterruptedException {
        Throwable failure = null;
        try {
            return awaitReply(request, limit, session.runtime().after(first(request, limit)));
        } catch (InterruptedException | RuntimeException failed) {
            failure = failed;
            throw failed;
        } finally {
            Timed.end(timed, failure);
        }
    }

    /** How long it may take until it is sent; for a call, until it is answered. */
    private Duration first(Request request, @Nullable Duration limit) {
        return limit != null ? limit : request.kind() == Kind.CALL ? timeouts.reply() : timeouts.send();
    }

    private @Nullable IncomingMessage awaitReply(Request request, @Nullable Duration limit, long deadlineNs)
            throws InterruptedException {
        boolean call = request.kind() == Kind.CALL;
        Duration first = first(request, limit);
        String named = limit != null ? "the limit of the call" : call ? "replyTimeout" : SEND_TIMEOUT;
        try {
            return session.runtime().get(request.reply(), deadlineNs - session.runtime().nanoTime());
        } catch (TimeoutException notYet) {
            if (session.outgoing().withdraw(request)) {
                throw notInTime(request, first, named);
            }
            return call ? awaitSent(request, deadlineNs, first, named) : awaitSent(request, answerBy());
        } catch (ExecutionException failed) {
            throw here(failed);
        } catch (InterruptedException interrupted) {
            session.outgoing().withdraw(request);
            session.outgoing().forget(request);
            throw interrupted;
        }
    }

    private PublishException notInTime(Request request, Duration limit, String named) {
        return new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, request.channel(),
                "Not sent to %s: it could not be sent within %d ms (%s). The client is %s.".formatted(request.channel(),
                        limit.toMillis(), named, session.shown().status()),
                session.shown().lastFailure().orElse(null));
    }

    /** {@return until when the turn must come of what is handed in now} */
    long leaveBy() {
        return session.runtime().after(timeouts.send());
    }

    /** {@return until when the answer must be there to what is on its way now} */
    long answerBy() {
        // It may be sent twice if credentials are renewed between; after that nobody needs to wait.
        return session.runtime().after(timeouts.reply().multipliedBy(3));
    }

    /** Waits for the reply to what has left, or has failed. */
    @Nullable
    IncomingMessage awaitSent(Request request, long untilNs) throws InterruptedException {
        return awaitSent(request, untilNs, timeouts.reply(), "replyTimeout");
    }

    /** The same with a limit of another name. */
    @Nullable
    IncomingMessage awaitSent(Request request, long untilNs, Duration limit, String named)
            throws InterruptedException {
        try {
            return session.runtime().get(request.reply(), untilNs - session.runtime().nanoTime());
        } catch (TimeoutException late) {
            throw new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                    "No answer on %s within %d ms (%s). The message was sent; the server may have processed it."
                            .formatted(request.channel(), limit.toMillis(), named),
                    null);
        } catch (ExecutionException failed) {
            throw here(failed);
        } finally {
            session.outgoing().forget(request);
        }
    }

    /** Waits until all replies to what was handed in together are there, or until it is time. */
    void awaitTogether(List<Request> requests, long untilNs) throws InterruptedException {
        // The last one first: when it is answered, mostly all are. To be woken for each would cost more than all the rest.
        for (int n = requests.size() - 1; n >= 0; n--) {
            if (!session.runtime().isComplete(requests.get(n).reply(), untilNs)) {
                return;
            }
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

    /** Waits for all of a batch as long as for one message: the limits are common to all. */
    void awaitAll(List<Request> requests, List<Timed> timed) throws InterruptedException {
        Map<Integer, PublishException> failures = new TreeMap<>();
        int n = 0;
        try {
            awaitTogether(requests, leaveBy());
            long answerByNs = answerBy();
            for (; n < requests.size(); n++) {
                PublishException failure = awaitOneOfAll(requests.get(n), answerByNs);
                end(timed, n, failure);
                if (failure != null) {
                    failures.put(n, failure);
                }
            }
        } catch (InterruptedException interrupted) {
            requests.forEach(session.outgoing()::withdraw);
            requests.forEach(session.outgoing()::forget);
            for (; n < requests.size(); n++) {
                end(timed, n, interrupted);
            }
            throw interrupted;
        }
        if (!failures.isEmpty()) {
            throw failed(failures, requests);
        }
    }

    private @Nullable PublishException awaitOneOfAll(Request request, long answerByNs) throws InterruptedException {
        if (request.reply().isDone() && !request.reply().isCompletedExceptionally()) {
            return null;
        }
        if (!request.reply().isDone() && session.outgoing().withdraw(request)) {
            return notInTime(request, timeouts.send(), SEND_TIMEOUT);
        }
        try {
            awaitSent(request, answerByNs);
            return null;
        } catch (PublishException failed) {
            return failed;
        }
    }

    private static BatchException failed(Map<Integer, PublishException> failures, List<Request> requests) {
        return new BatchException("%d of %d messages were not accepted; the first: %s".formatted(failures.size(),
                requests.size(), failures.values().iterator().next().getMessage()), failures);
    }
}
