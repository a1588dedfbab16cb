package dev.bayeux.core.protocol;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Hold;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which queued requests leave next. Over request and response one batch is in flight at a time (C-48, C-50). Over a
 * full-duplex connection, which keeps the order, further batches leave beside it once they are full; a batch that is not full
 * waits for the reply, and so takes more messages along.
 */
record NextBatch(Effects effects, SendQueue queue, ReplyMatcher matcher, BatchSize size) {

    /**
     * Takes the next batch, without ids, out of the queue, which is not empty; {@code null} if it must wait. {@code
     * together}: whether the batch may leave before the replies to those in flight.
     */
    @Nullable
    Exchange take(List<Exchange> sending, boolean together, SessionState state, Connectivity connectivity) {
        String clientId = state.clientId().orElse(null);
        int clientIdBytes = clientId == null ? 0 : Request.bytesOf(clientId);
        int connection = connectivity.number();
        Exchange answering = answering(sending);
        int bytes = Math.min(
                sending.isEmpty() || answering != null ? size.alone(connection) : size.beside(connection),
                connectivity.maxBatchBytes());
        if (!sending.isEmpty() && !(together && mayJoin(sending, answering, connection, bytes)
                && queue.fills(clientIdBytes, bytes))) {
            return null;
        }
        List<Request> leaving = List.of();
        while (leaving.isEmpty() && !queue.isEmpty()) {
            leaving = withoutHeld(queue.next(clientIdBytes, bytes));
        }
        if (leaving.isEmpty()) {
            return null;
        }
        Exchange next = new Exchange(leaving, connection, state.connectionType().orElseThrow(), clientId);
        if (answering != null) {
            next.follow(answering);
        }
        return next;
    }

    /** {@return the one batch in flight if its response has arrived and is being read, {@code null} otherwise} */
    private static @Nullable Exchange answering(List<Exchange> sending) {
        return sending.size() == 1 && sending.getFirst().hasArrived() ? sending.getFirst() : null;
    }

    /**
     * Whether another batch may leave before the replies to those in flight are taken. All of these have been written to the
     * connection, so they arrive first, or the response has arrived, so the server has processed them. They are publishes and
     * calls, which the server answers by id.
     */
    private boolean mayJoin(List<Exchange> sending, @Nullable Exchange answering, int connection, int bytes) {
        if (answering != null) {
            return answering.connection() == connection && answering.isPublished() && !matcher.neverSawId();
        }
        long inFlight = bytes;
        for (Exchange each : sending) {
            if (!each.isWritten() || each.lost() != null || each.connection() != connection || !each.isPublished()) {
                return false;
            }
            inFlight += each.bytes();
        }
        return bytes > 0 && inFlight <= BatchSize.MAX_IN_FLIGHT_BYTES && !matcher.neverSawId();
    }

    /** Holds back the calls of a batch whose answers could not be distinguished from others; they are sent one at a time. */
    private List<Request> withoutHeld(List<Request> batch) {
        if (!hasCall(batch)) {
            return batch;
        }
        List<Request> leaving = new ArrayList<>(batch.size());
        for (Request request : batch) {
            Hold why = request.kind() == Kind.CALL ? whyHeld(request, leaving) : null;
            request.hold(why);
            if (why == null) {
                leaving.add(request);
                queue.leaves(request);
            } else if (!queue.hold(request)) {
                effects.fail(request, new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT,
                        request.channel(),
                        "Not sent to %s: too many calls wait. %s".formatted(request.channel(), why.text()), null));
            }
        }
        return leaving;
    }

    private @Nullable Hold whyHeld(Request call, List<Request> leaving) {
        String channel = call.channel();
        if (matcher.calls().answersById(channel)) {
            return null;
        }
        Hold why = matcher.calls().holds(channel);
        boolean isNext = !queue.areHeldBefore(call) && leaving.stream()
                .noneMatch(other -> other.kind() == Kind.CALL && other.channel().equals(channel));
        return why != null || isNext ? why : Hold.EARLIER_CALL;
    }

    private static boolean hasCall(List<Request> batch) {
        for (Request request : batch) {
            if (request.kind() == Kind.CALL) {
                return true;
            }
        }
        return false;
    }
}
