package dev.bayeux.core.call;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Hold;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Queues requests and waits for their results, on the thread of the program. */
public final class RequestCalls {

    private static final String SEND_TIMEOUT = "sendTimeout";

    private final ClientContext client;
    private final ClientLoop loop;
    private final ClientRuntime runtime;
    private final Observer observer;
    private final Timeouts timeouts;

    public RequestCalls(ClientContext client) {
        this.client = client;
        this.loop = client.loop();
        this.runtime = client.runtime();
        this.observer = client.observer();
        this.timeouts = client.config().timeouts();
    }

    /** Queues a request and times it, if something observes the client, until {@link #await}. */
    @Nullable
    public Timed submit(Request request) {
        Timed timed = begin(request);
        if (!trySubmit(List.of(request))) {
            PublishException refused = refusal(request);
            Timed.end(timed, refused);
            throw refused;
        }
        return timed;
    }

    /** Queues all requests or none, and times each; returns an empty list without an observer. */
    public List<Timed> submitAll(List<Request> requests) {
        List<Timed> timed = beginAll(requests);
        if (!trySubmit(requests)) {
            Map<Integer, PublishException> failures = new TreeMap<>();
            for (int n = 0; n < requests.size(); n++) {
                failures.put(n, refusal(requests.get(n)));
                end(timed, n, failures.get(n));
            }
            throw failed(failures, requests);
        }
        return timed;
    }

    /** Queues all requests, or fails all; returns whether they were queued. */
    private boolean trySubmit(List<Request> requests) {
        return loop.ask(new Input.Submit(requests));
    }

    /**
     * Queues all requests or none; returns whether there was room. Throws the refusal if there is no session and none is
     * being made.
     */
    public boolean queue(List<Request> requests) {
        boolean queued = trySubmit(requests);
        PublishException refused = queued ? null : refusal(requests.getFirst());
        if (refused != null && refused.getCause() instanceof DisconnectedException) {
            throw refused;
        }
        return queued;
    }

    private static PublishException refusal(Request request) {
        return (PublishException) request.reply().exceptionNow();
    }

    /** Takes a request out of the queue; {@code false} if it was sent. */
    public boolean withdraw(Request request) {
        return withdraw(request, false);
    }

    /** Removes a request from the queue, or forgets that it was sent; returns whether it was queued, and so is never sent. */
    private boolean giveUp(Request request) {
        return withdraw(request, true);
    }

    private boolean withdraw(Request request, boolean forget) {
        return loop.ask(new Input.Withdraw(request, forget));
    }

    private @Nullable Timed begin(Request request) {
        Timed timed = observer.publish(request.channel());
        if (timed != null) {
            // Runs under the client's lock: the waiting caller reports to the program.
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

    /**
     * Waits for one reply: first until the request is sent, then for as long as an answer may take. Ends within these limits,
     * whatever the session does: {@code limit}, or the client's timeouts if it is {@code null}. Returns {@code null} if the
     * answer of the server omits this message.
     */
    @Nullable
    public IncomingMessage await(Request request, @Nullable Duration limit, @Nullable Timed timed)
            throws InterruptedException {
        Throwable failure = null;
        try {
            return awaitReply(request, limit, runtime.after(first(request, limit)));
        } catch (InterruptedException | RuntimeException failed) {
            failure = failed;
            throw failed;
        } finally {
            Timed.end(timed, failure);
        }
    }

    /** Returns the limit until a publish is sent, or until a call is answered. */
    private Duration first(Request request, @Nullable Duration limit) {
        return limit != null ? limit : request.kind() == Kind.CALL ? timeouts.reply() : timeouts.send();
    }

    private @Nullable IncomingMessage awaitReply(Request request, @Nullable Duration limit, long deadlineNs)
            throws InterruptedException {
        boolean call = request.kind() == Kind.CALL;
        Duration first = first(request, limit);
        String named = limit != null
                ? "the limit of the %s".formatted(call ? "call" : "publish")
                : call ? "replyTimeout" : SEND_TIMEOUT;
        try {
            return runtime.get(request.reply(), deadlineNs - runtime.nanoTime());
        } catch (TimeoutException notYet) {
            if (withdraw(request)) {
                throw notInTime(request, first, named);
            }
            return call || limit != null
                    ? awaitSent(request, deadlineNs, first, named)
                    : awaitSent(request, answerBy());
        } catch (ExecutionException failed) {
            throw here(failed);
        } catch (InterruptedException interrupted) {
            giveUp(request);
            throw interrupted;
        }
    }

    private PublishException notInTime(Request request, Duration limit, String named) {
        Hold hold = request.hold();
        return new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, request.channel(),
                "Not sent to %s: it could not be sent within %d ms (%s). %s".formatted(request.channel(),
                        limit.toMillis(), named, hold == null
                                ? "The client is %s%s.".formatted(client.state().now().status(), server(" with "))
                                : hold.text()),
                hold == null ? client.state().now().lastFailure().orElse(null) : null);
    }

    /** Returns these words and the address of the server in use; empty without a server. */
    private String server(String words) {
        return client.state().now().endpoint().map(server -> words + server).orElse("");
    }

    /** {@return the deadline for sending a request that is queued now} */
    public long leaveBy() {
        return runtime.after(timeouts.send());
    }

    /** {@return the deadline for the answer to a request in flight} */
    public long answerBy() {
        // The request may be sent twice, if credentials are renewed in between.
        return runtime.after(timeouts.reply().multipliedBy(3));
    }

    /** Waits for the reply to a request that was sent or has failed. */
    @Nullable
    public IncomingMessage awaitSent(Request request, long untilNs) throws InterruptedException {
        return awaitSent(request, untilNs, timeouts.reply(), "replyTimeout");
    }

    /** Waits for the reply, with another limit and its name. */
    @Nullable
    public IncomingMessage awaitSent(Request request, long untilNs, Duration limit, String named)
            throws InterruptedException {
        try {
            return runtime.get(request.reply(), untilNs - runtime.nanoTime());
        } catch (TimeoutException timedOut) {
            if (giveUp(request)) {
                // The request was in a batch that was too long, and is sent again in a smaller one.
                throw notInTime(request, limit, named);
            }
            throw new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                    "No answer%s on %s within %d ms (%s). The message was sent; the server may have processed it."
                            .formatted(server(" of "),
                                    request.channel(), limit.toMillis(), named),
                    null);
        } catch (ExecutionException failed) {
            throw here(failed);
        } catch (InterruptedException interrupted) {
            giveUp(request);
            throw interrupted;
        }
    }

    /** Waits until all requests of a batch are answered, or until the deadline. */
    public void awaitTogether(List<Request> requests, long untilNs) throws InterruptedException {
        // Waits for the last request first, which is mostly answered last: one wake-up instead of one for each.
        for (int n = requests.size() - 1; n >= 0; n--) {
            if (!runtime.isComplete(requests.get(n).reply(), untilNs)) {
                return;
            }
        }
    }

    /** Returns the failure with the stack of the waiting thread, which shows the call. */
    private RuntimeException here(ExecutionException failed) {
        if (failed.getCause() instanceof PublishException there) {
            return new PublishException(there.kind(), there.outcome(), there.channel(), there.getMessage(),
                    there.getCause(), there.data().orElse(null));
        }
        return failed.getCause() instanceof BayeuxException other
                ? other
                : new IllegalStateException(failed.getCause());
    }

    /** Waits for all of a batch as long as for one message: the limits are common to all. */
    public void awaitAll(List<Request> requests, List<Timed> timed) throws InterruptedException {
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
            requests.forEach(this::giveUp);
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
        if (!request.reply().isDone() && withdraw(request)) {
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
