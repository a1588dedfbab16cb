package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All requests except handshakes and connects, from the call of the program to the reply: queued, then sent, then answered.
 * {@link NextBatch} decides which leave together.
 */
final class Requests {

    private final Effects effects;
    private final SendQueue queue;
    private final ReplyMatcher matcher;
    private final int maxQueued;
    private final BatchSize size;
    /** The batches in flight, in their order: one, or over full duplex several. */
    private final List<Exchange> sending = new ArrayList<>();
    private final NextBatch nextBatch;
    private final OrphanedBatches orphaned = new OrphanedBatches();
    private boolean open;
    private boolean restored;
    private long lastId;

    Requests(Effects effects, SendQueue queue, ReplyMatcher matcher, BatchSize size, int maxQueued) {
        this.effects = effects;
        this.queue = queue;
        this.matcher = matcher;
        this.size = size;
        this.nextBatch = new NextBatch(effects, queue, matcher, size);
        this.maxQueued = maxQueued;
    }

    ReplyMatcher matcher() {
        return matcher;
    }

    /** Records whether requests may be sent, or wait because the client is suspended. */
    void follow(SessionState state) {
        open = state.gate() == Gate.OPEN || state.isSuspendedInSession();
    }

    /** Whether requests may be sent, or wait because the client is suspended. */
    boolean isOpen() {
        return open;
    }

    boolean isSettled() {
        return !queue.hasPublishes() && !matcher.hasPublishes();
    }

    // Queued

    List<Request> queued() {
        return queue.all();
    }

    /** Queues requests of the program, or fails them: all or none. */
    boolean submit(List<Request> requests, @Nullable BayeuxException refusal) {
        if (refusal == null && queue.hasRoomFor(requests.size())) {
            queue.add(requests);
            return true;
        }
        requests.forEach(request -> effects.fail(request,
                refusal == null ? noRoom(request) : PublishFailures.notSent(request, refusal)));
        return false;
    }

    private PublishException noRoom(Request request) {
        return new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, request.channel(),
                "Not sent to %s: too many messages wait to be sent. A larger maxQueuedMessages (now %d) would let more wait."
                        .formatted(request.channel(), maxQueued),
                null);
    }

    /** Queues a subscribe, unsubscribe or disconnect request. */
    void add(Request request) {
        queue.add(List.of(request));
    }

    /**
     * Removes a request from the queue, or forgets that it was sent if the caller wants that; returns whether it was in the
     * queue.
     */
    boolean withdraw(Request request, boolean forget) {
        if (queue.withdraw(request)) {
            matcher.calls().changed(request.channel());
            return true;
        }
        if (forget && matcher.giveUp(request)) {
            sending.stream().filter(each -> each.requests().contains(request)).forEach(each -> each.giveUp(request));
        }
        return false;
    }

    /** Fails those of these requests that are still queued. */
    void postpone(List<Request> postponed, BayeuxException why) {
        for (Request request : postponed) {
            if (queue.withdraw(request)) {
                effects.fail(request, PublishFailures.notSent(request, why));
            }
        }
    }

    /** Queues the requests that restore subscriptions first. */
    void restore(List<Request> restoring) {
        restored = true;
        Set<String> channels = restoring.stream().map(Request::body).collect(Collectors.toSet());
        sending.forEach(each -> each.replaceSubscriptions(channels));
        List<Request> ending = queue.unsubscribes();
        queue.addFirst(restoring);
        // The session may be the same, and may still have subscriptions that were closed while the connection was lost.
        for (Request request : ending) {
            if (restoring.stream().noneMatch(asked -> asked.body().equals(request.body()))) {
                queue.add(List.of(request));
            }
        }
    }

    /** Sends nothing before the subscriptions are restored once more (C-71). */
    void restoringFailed() {
        restored = false;
    }

    // Sent

    String freshId() {
        lastId++;
        return Long.toString(lastId);
    }

    /** Starts a new session: nothing is sent before the requests that restore its subscriptions. */
    void sessionMade() {
        restored = false;
        matcher.calls().sessionMade();
    }

    /** The next batch that may leave; {@code null} if none may. */
    @Nullable
    Exchange next(CurrentSession session, Connectivity connectivity) {
        releaseHeld();
        if (queue.isEmpty() || !orphaned.isEmpty()) {
            return null;
        }
        SessionState state = session.state();
        Gate gate = state.gate();
        boolean disconnecting = gate == Gate.REFUSE && state.hasSession();
        if (!disconnecting && (gate != Gate.OPEN || !restored)) {
            return null;
        }
        Exchange next = nextBatch.take(sending, !disconnecting, state, connectivity);
        if (next != null) {
            for (Request request : next.requests()) {
                request.assignId(freshId());
                matcher.add(request);
            }
            sending.add(next);
            if (sending.size() > 1) {
                sending.forEach(Exchange::share);
            }
        }
        return next;
    }

    /** Queues the held calls whose answers can be distinguished from others now. */
    private void releaseHeld() {
        CallAnswers calls = matcher.calls();
        for (String channel : calls.takeChanged()) {
            if (calls.holds(channel) == null) {
                queue.release(channel, calls.answersById(channel));
            }
        }
    }

    /** {@return the batches in flight whose session has not ended, in their order; changes} */
    List<Exchange> sending() {
        return Collections.unmodifiableList(sending);
    }

    /** {@return all batches in flight, in their order} */
    List<Exchange> inFlight() {
        List<Exchange> all = new ArrayList<>(sending.size() + 2);
        all.addAll(orphaned.all());
        all.addAll(sending);
        return all;
    }

    /** {@return a batch that has left over a full-duplex connection and is answered; {@code null} if there is none} */
    @Nullable
    Exchange firstAnswered() {
        for (int n = 0; n < sending.size(); n++) {
            Exchange each = sending.get(n);
            if (each.isWritten() && matcher.isAnswered(each)) {
                return each;
            }
        }
        return null;
    }

    /** Whether no batch is in flight. */
    boolean isIdle() {
        return sending.isEmpty() && orphaned.isEmpty();
    }

    boolean isSending(Exchange exchange) {
        return sending.contains(exchange);
    }

    /** Records that a batch is answered or has failed, so that the next one may leave. */
    void ended(Exchange exchange) {
        sending.remove(exchange);
        orphaned.remove(exchange);
    }

    /** The server has answered a batch. */
    void answered(Exchange exchange) {
        size.answered(exchange);
    }

    void failed(Exchange exchange) {
        size.failed(exchange);
    }

    /** Whether the server processed nothing of a batch, and may accept all in smaller batches. */
    static boolean isTooLongTogether(Exchange exchange, BayeuxException failure) {
        return exchange.requests().size() > 1 && failure instanceof TransportException refused
                && refused.messageTooLong();
    }

    /**
     * {@return why a batch has failed} If a connection ends because a message was too long, only one of the batches in flight
     * was that batch. The server may have processed the others, so each counts as lost.
     */
    static BayeuxException failureOf(Exchange exchange, BayeuxException failure) {
        return exchange.isShared() && exchange.isWritten() && failure instanceof TransportException ended
                && ended.messageTooLong()
                        ? new TransportException(Problem.LOST, String.valueOf(ended.getMessage()), ended.getCause())
                        : failure;
    }

    /** Queues the requests of a batch that was too long first, in two batches. */
    void sendInHalves(Exchange exchange) {
        size.failed(exchange);
        unprocessed(exchange);
        // A message that an extension has held back has failed already.
        List<Request> again = new ArrayList<>(exchange.requests().stream().filter(matcher::contains).toList());
        for (Request request : again) {
            matcher.remove(request);
            request.clearId();
        }
        again.removeIf(exchange::isReplaced);
        queue.addHalves(again);
    }

    /** The server has processed nothing of a batch. */
    void unprocessed(Exchange exchange) {
        exchange.takeGivenUp().forEach(call -> matcher.calls().owesNot(call.channel(), call.id()));
    }

    /**
     * Queues the batches of a replaced connection again, unless a transport has received them: they leave over the next
     * connection.
     */
    void takeBack(int connection) {
        for (Exchange each : sending.reversed()) {
            if (each.connection() == connection && !each.hasLeft()) {
                takeBack(each, each.requests().stream().filter(request -> !each.isReplaced(request)).toList());
            }
        }
        sending.removeIf(Exchange::isOver);
    }

    /** Ends a batch that no transport has received, and queues its requests first. */
    private void takeBack(Exchange exchange, List<Request> again) {
        List<Request> waiting = again.stream().filter(matcher::contains).toList();
        exchange.requests().stream().filter(matcher::contains).forEach(matcher::remove);
        waiting.forEach(Request::clearId);
        if (!waiting.isEmpty()) {
            queue.addBack(waiting);
        }
        unprocessed(exchange);
        exchange.end();
        effects.add(new Effect.Abandon(exchange));
    }

    /** Queues requests first that the server has not processed, since it did not know their session. */
    void sendAgain(List<Request> refused) {
        refused.forEach(Request::sendAgain);
        queue.addBack(refused);
    }

    // The end of a session

    /**
     * Ends the requests of a session that is lost, and drops its subscribe requests. Requests that were sent fail. If the
     * server itself has ended the session ({@code answering}), the messages of the batches in flight do not fail yet, since
     * its replies may arrive. Requests that no transport has received wait for the next session.
     */
    void failSent(BayeuxException cause, boolean answering, long nowNs) {
        for (Exchange each : sending.reversed()) {
            if (!each.hasLeft()) {
                takeBack(each, each.requests().stream().filter(Request::isPublished).toList());
            }
        }
        sending.removeIf(Exchange::isOver);
        List<Exchange> batches = sending.isEmpty() ? orphaned.all() : List.copyOf(sending);
        Set<Request> awaited = new HashSet<>();
        if (answering) {
            batches.stream().flatMap(batch -> batch.requests().stream())
                    .filter(request -> request.isPublished() && matcher.contains(request)).forEach(awaited::add);
        }
        for (Request request : matcher.takeAll()) {
            if (awaited.contains(request)) {
                matcher.add(request);
            } else {
                effects.fail(request, PublishFailures.failed(request, cause));
            }
        }
        sending.clear();
        List<Exchange> answers = new ArrayList<>();
        for (Exchange batch : batches) {
            if (batch.requests().stream().anyMatch(awaited::contains)) {
                answers.add(batch);
            } else {
                batch.end();
                effects.add(new Effect.Abandon(batch));
            }
        }
        orphaned.sessionEnded(answers, cause, nowNs);
        queue.addFirst(List.of());
    }

    void failQueued(BayeuxException cause) {
        queue.takeAll().forEach(request -> effects.fail(request, PublishFailures.notSent(request, cause)));
    }

    // Batches of a session that the server has ended

    /** {@return the batches whose session the server has ended} */
    OrphanedBatches orphaned() {
        return orphaned;
    }

    /** Whether all awaited replies to an orphaned batch have arrived. */
    boolean isOrphanAnswered(Exchange exchange) {
        return exchange.requests().stream().noneMatch(matcher::contains);
    }

    /** Fails the unanswered messages of an orphaned batch, whose outcome is unknown. */
    void failOrphaned(Exchange exchange) {
        BayeuxException cause = orphaned.cause();
        for (Request request : exchange.requests()) {
            if (cause != null && matcher.contains(request)) {
                matcher.remove(request);
                effects.fail(request, PublishFailures.failed(request, cause));
            }
        }
    }
}
