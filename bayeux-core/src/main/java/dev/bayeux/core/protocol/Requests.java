package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All requests but handshakes and connects, from the call of the program to the reply: queued, then sent, then answered.
 * One batch is on its way at a time (C-48, C-50).
 */
final class Requests {

    private final Effects effects;
    private final SendQueue queue;
    private final ReplyMatcher matcher;
    private final int maxQueued;
    private @Nullable Exchange sending;
    private @Nullable LateBatch late;
    private boolean open;
    private boolean restored;
    private long lastId;

    Requests(Effects effects, SendQueue queue, ReplyMatcher matcher, int maxQueued) {
        this.effects = effects;
        this.queue = queue;
        this.matcher = matcher;
        this.maxQueued = maxQueued;
    }

    ReplyMatcher matcher() {
        return matcher;
    }

    /** Notes whether requests of a session may be sent, or wait for one that rests. */
    void follow(SessionState state) {
        open = state.gate() == Gate.OPEN || state.isResting();
    }

    /** Whether requests of a session may be sent, or wait for one that rests. */
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

    /** Takes a request out of the queue, or perhaps forgets that it was sent; whether it was in the queue. */
    boolean withdraw(Request request, boolean forget) {
        if (queue.withdraw(request)) {
            return true;
        }
        if (forget) {
            matcher.giveUp(request);
        }
        return false;
    }

    /** Queues the requests that restore subscriptions first. */
    void restore(List<Request> restoring) {
        restored = true;
        List<Request> ending = queue.unsubscribes();
        queue.addFirst(restoring);
        // The session may be the same, and know what was closed while its connection was lost.
        for (Request request : ending) {
            if (restoring.stream().noneMatch(asked -> asked.body().equals(request.body()))) {
                queue.add(List.of(request));
            }
        }
    }

    // Sent

    String freshId() {
        lastId++;
        return Long.toString(lastId);
    }

    /** A new session: nothing is sent before its subscriptions. */
    void sessionMade() {
        restored = false;
    }

    /** The next batch that may leave; {@code null} if none may. */
    @Nullable
    Exchange next(SessionState state, int connection, int maxBatchBytes) {
        boolean disconnecting = state.gate() == Gate.REFUSE && state.hasSession();
        if (!isIdle() || queue.isEmpty() || !disconnecting && (state.gate() != Gate.OPEN || !restored)) {
            return null;
        }
        String clientId = state.clientId().orElse(null);
        int clientIdBytes = clientId == null ? 0 : Request.bytesOf(clientId);
        List<Request> leaving = List.of();
        while (leaving.isEmpty() && !queue.isEmpty()) {
            leaving = withoutAmbiguous(queue.next(clientIdBytes, maxBatchBytes));
        }
        if (leaving.isEmpty()) {
            return null;
        }
        for (Request request : leaving) {
            request.stamp(freshId());
            matcher.add(request);
        }
        sending = new Exchange(leaving, connection, state.connectionType().orElseThrow(), clientId);
        return sending;
    }

    /** Of calls whose answers could not be told apart, one is on its way at a time. */
    private List<Request> withoutAmbiguous(List<Request> batch) {
        if (batch.stream().noneMatch(request -> request.kind() == Kind.CALL)) {
            return batch;
        }
        List<Request> leaving = new ArrayList<>(batch.size());
        for (Request request : batch) {
            if (request.kind() == Kind.CALL && (matcher.isAmbiguous(request) || matcher.neverSawId()
                    && leaving.stream().anyMatch(other -> other.kind() == Kind.CALL
                            && other.channel().equals(request.channel())))) {
                effects.fail(request, new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT,
                        request.channel(),
                        "Not sent to %s: another call there waits for its answer, and the answers of this server carry no id. Make one call at a time on this channel."
                                .formatted(request.channel()),
                        null));
            } else {
                leaving.add(request);
            }
        }
        return leaving;
    }

    @Nullable
    Exchange sending() {
        return sending;
    }

    /** Whether no batch is in flight. */
    boolean isIdle() {
        return sending == null && late == null;
    }

    /** The batch is answered, or has failed: the next one may leave. */
    void ended(Exchange exchange) {
        if (sending == exchange) {
            sending = null;
        }
        if (isLate(exchange)) {
            late = null;
        }
    }

    /** Whether the server processed nothing of a batch, and may accept all in smaller batches. */
    static boolean isTooLongTogether(Exchange exchange, BayeuxException failure) {
        return exchange.requests().size() > 1 && failure instanceof TransportException refused
                && refused.messageTooLong();
    }

    /** Queues the requests of a batch that was too long first, in two batches. */
    void sendInHalves(Exchange exchange) {
        // A message that an extension has held back has failed already.
        List<Request> again = exchange.requests().stream().filter(matcher::contains).toList();
        for (Request request : again) {
            matcher.remove(request);
            request.unstamp();
        }
        queue.addHalves(again);
    }

    /** Queues requests first that the server has not processed, since it did not know their session. */
    void sendAgain(List<Request> refused) {
        refused.forEach(Request::sendAgain);
        queue.addBack(refused);
    }

    // The end of a session

    /**
     * The session is gone, and its subscribe requests are void. Whatever was sent fails, but for the messages of the batch in
     * flight if the server itself has ended the session: its replies to them are on the way.
     *
     * @param answering whether the server has ended the session with a reply
     */
    void failSent(BayeuxException cause, boolean answering, long nowNs) {
        Exchange batch = sending == null ? late() : sending;
        Set<Request> awaited = new HashSet<>();
        if (batch != null && answering) {
            batch.requests().stream().filter(request -> request.isPublished() && matcher.contains(request))
                    .forEach(awaited::add);
        }
        for (Request request : matcher.takeAll()) {
            if (awaited.contains(request)) {
                matcher.add(request);
            } else {
                effects.fail(request, PublishFailures.failed(request, cause));
            }
        }
        sending = null;
        if (batch != null && awaited.isEmpty()) {
            late = null;
            batch.end();
            effects.add(new Effect.Abandon(batch));
        } else if (batch != null && late == null) {
            late = new LateBatch(batch, cause, nowNs + LateBatch.GRACE.toNanos());
        }
        queue.addFirst(List.of());
    }

    void failQueued(BayeuxException cause) {
        queue.takeAll().forEach(request -> effects.fail(request, PublishFailures.notSent(request, cause)));
    }

    // A batch of a session that the server has ended

    @Nullable
    Exchange late() {
        return late == null ? null : late.exchange();
    }

    boolean isLate(Exchange exchange) {
        return late != null && late.exchange() == exchange;
    }

    /** Whether the session of a request has ended: nothing that its reply says concerns the present one. */
    boolean isLate(Request request) {
        return late != null && late.exchange().requests().contains(request);
    }

    /** Whether all that was awaited of the late batch has come. */
    boolean isLateAnswered() {
        return late != null && late.exchange().requests().stream().noneMatch(matcher::contains);
    }

    /** Until when the replies to the late batch are awaited; {@link Long#MAX_VALUE} if there is none. */
    long lateUntilNs() {
        return late == null ? Long.MAX_VALUE : late.untilNs();
    }

    /** What the server has not answered may have been processed or not. */
    void failLate() {
        if (late != null) {
            for (Request request : late.exchange().requests()) {
                if (matcher.contains(request)) {
                    matcher.remove(request);
                    effects.fail(request, PublishFailures.failed(request, late.cause()));
                }
            }
        }
    }
}
