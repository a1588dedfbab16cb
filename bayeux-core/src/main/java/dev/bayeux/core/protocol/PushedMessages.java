package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import java.util.List;

/**
 * Takes the frames of a full-duplex connection. An exchange ends there when each of its requests has a reply, because no
 * response marks its end.
 */
final class PushedMessages {

    private final Effects effects;
    private final SessionActions actions;
    private final Requests requests;
    private final ExchangesInFlight inFlight;
    private final ReceivedMessages messages;
    private final UnansweredRequests unanswered;
    /** Whether the deliveries of the present frame are refused: all or none, since its reply acknowledges all or none. */
    private boolean refused;

    PushedMessages(Effects effects, SessionActions actions, Requests requests, ExchangesInFlight inFlight,
            ReceivedMessages messages, UnansweredRequests unanswered) {
        this.effects = effects;
        this.actions = actions;
        this.requests = requests;
        this.inFlight = inFlight;
        this.messages = messages;
        this.unanswered = unanswered;
    }

    /**
     * Takes the messages of a frame, or a slice of them; {@code refusing} if deliveries that no connect waits for are
     * refused.
     */
    void take(Input.Received received, boolean refusing, long nowNs) {
        Exchange connect = inFlight.connecting();
        // Messages may also come after the reply that has ended the exchange.
        if (received.isFirst()) {
            refused = connect == null ? refusing : connect.isRefusing();
        }
        if (connect != null && isAnswered(connect, received)) {
            end(connect, nowNs);
        }
        List<Exchange> waiting = hasAnyWithoutChannel(received)
                ? inFlight.waitingOn(received.connection())
                : List.of();
        messages.take(received, waiting, refused, nowNs);
        if (received.isLast()) {
            unanswered.dropped(received);
        }
        endAnswered(nowNs);
        for (Exchange orphaned : requests.orphaned().all()) {
            if (requests.isOrphanAnswered(orphaned)) {
                end(orphaned, nowNs);
            }
        }
        if (received.isLast() && !received.reading().isPlain()) {
            takeUnreadable(received, nowNs);
        }
    }

    /** A frame, or a part of it, is no message: an exchange that it may have answered need not wait for its limit. */
    private void takeUnreadable(Input.Received received, long nowNs) {
        MessageReader.Reading reading = received.reading();
        List<Exchange> waiting = inFlight.waitingOn(received.connection());
        List<Exchange> open = waiting.stream().filter(each -> !each.isOver()).toList();
        unanswered.unreadable(reading, open, false, nowNs);
        actions.decide(nowNs);
        BayeuxException failure = reading.failure();
        if (failure != null) {
            if (open.isEmpty()) {
                effects.reportIgnored(failure);
            }
            for (Exchange each : open) {
                unanswered.fail(each, failure, nowNs);
                end(each, nowNs);
            }
            inFlight.responseLost(failure, !open.isEmpty() && !open.getLast().isBatch());
        } else if (reading.isEmpty() && !waiting.isEmpty()) {
            answeredEmpty(waiting.getFirst(), nowNs);
        } else if (reading.hasNoMessage() && open.size() == 1 && inFlight.isAnsweredByAnything(open.getFirst())) {
            unanswered.missing(open.getFirst(), false, nowNs);
            end(open.getFirst(), nowNs);
        } else {
            endAnswered(nowNs);
        }
    }

    private void answeredEmpty(Exchange first, long nowNs) {
        if (first.isOver()) {
            requests.matcher().accepted(first);
        } else {
            unanswered.missing(first, true, nowNs);
            end(first, nowNs);
        }
    }

    private static boolean hasAnyWithoutChannel(Input.Received received) {
        for (int n = received.from(); n < received.to(); n++) {
            if (received.messages().get(n).channel() == null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnswered(Exchange connect, Input.Received received) {
        for (int n = received.from(); n < received.to(); n++) {
            IncomingMessage message = received.messages().get(n);
            if (message.isMeta() && connect.id().equals(message.id())) {
                return true;
            }
        }
        return false;
    }

    /** The connection has sent an exchange, of which all may be answered already. */
    void written(Exchange exchange, long nowNs) {
        if (requests.isSending(exchange)) {
            endIfAnswered(exchange, nowNs);
        }
    }

    private void endAnswered(long nowNs) {
        for (Exchange batch = requests.firstAnswered(); batch != null; batch = requests.firstAnswered()) {
            endIfAnswered(batch, nowNs);
        }
    }

    private void endIfAnswered(Exchange batch, long nowNs) {
        if (batch.isWritten() && requests.matcher().isAnswered(batch)) {
            if (batch.lost() == null) {
                requests.answered(batch);
                requests.matcher().endsUnconfirmed(batch);
            }
            end(batch, nowNs);
        }
    }

    private void end(Exchange exchange, long nowNs) {
        exchange.end();
        inFlight.ended(exchange, nowNs);
        effects.add(new Effect.Wake(exchange));
    }
}
