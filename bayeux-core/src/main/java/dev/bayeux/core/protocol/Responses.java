package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request.Kind;
import java.util.List;

/** Takes the end of an exchange: its response over a connection of requests and responses, or its failure over any. */
record Responses(SessionActions actions, Requests requests, Connectivity connectivity, ExchangesInFlight inFlight,
        ReceivedMessages messages, UnansweredRequests unanswered) {

    /** Takes a response, or a slice of it; {@code paused} if the queue of a subscriber is full. */
    void take(Exchange exchange, Input.Received received, boolean paused, long nowNs) {
        if (received.isFirst() ? exchange.isOver() : !exchange.isBeingProcessed()) {
            return;
        }
        if (requests.orphaned().contains(exchange)) {
            takeOrphaned(exchange, received, nowNs);
            return;
        }
        if (received.isFirst()) {
            exchange.beginProcessing();
            if (!paused) {
                exchange.takeDeliveries();
            }
            inFlight.ended(exchange, nowNs);
        }
        messages.take(received, List.of(), exchange.isRefusing(), nowNs);
        if (received.isLast()) {
            unanswered.dropped(received);
            end(exchange, received.reading(), nowNs);
        }
    }

    private void end(Exchange exchange, MessageReader.Reading reading, long nowNs) {
        exchange.end();
        if (!reading.isPlain()) {
            unanswered.unreadable(reading, List.of(exchange), true, nowNs);
        }
        actions.decide(nowNs);
        BayeuxException failure = reading.failure();
        if (failure != null) {
            unanswered.fail(exchange, failure, nowNs);
            inFlight.responseLost(failure, !exchange.isBatch());
        } else {
            requests.answered(exchange);
            unanswered.missing(exchange, reading.isEmpty(), nowNs);
            if (reading.isEmpty() && exchange.kind() == Kind.CONNECT) {
                inFlight.connectLost();
            }
        }
    }

    /** Takes the response to a batch whose session has ended: only its replies to publishes still count. */
    private void takeOrphaned(Exchange exchange, Input.Received received, long nowNs) {
        exchange.beginProcessing();
        messages.takeOrphaned(received, exchange, nowNs);
        if (received.isLast()) {
            requests.failOrphaned(exchange);
            exchange.end();
            inFlight.ended(exchange, nowNs);
        }
    }

    /** Takes the failure of an exchange, whose requests get no reply. */
    void failed(Exchange exchange, BayeuxException cause, long nowNs) {
        if (exchange.isOver() && !exchange.isBeingProcessed()) {
            return;
        }
        BayeuxException failure = exchange.isBatch() && !exchange.hasLeft()
                ? PublishFailures.beforeSending(cause)
                : Requests.failureOf(exchange, cause);
        boolean orphaned = requests.orphaned().contains(exchange);
        exchange.end();
        connectivity.failed(exchange, failure);
        if (Requests.isTooLongTogether(exchange, failure)) {
            requests.sendInHalves(exchange);
        } else {
            requests.failed(exchange);
            if (!orphaned && !PublishFailures.mayHaveBeenAnswered(failure)) {
                requests.unprocessed(exchange);
            }
            unanswered.fail(exchange, failure, nowNs);
            if (!orphaned) {
                inFlight.responseLost(failure, !exchange.isBatch());
            }
        }
        inFlight.ended(exchange, nowNs);
    }
}
