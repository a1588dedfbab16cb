package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.message.UnreadableElement;
import dev.bayeux.core.session.SessionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides the outcome of a request without a reply, or with a reply that cannot be read. */
record UnansweredRequests(Effects effects, CurrentSession session, SubscribeReplies subscriptions, ReplyMatcher matcher,
        boolean draft) {

    /**
     * Reports what could not be read or is no message, once for each reply, and fails the requests that an unreadable element
     * should have answered. Called after all messages that could be read. {@code isResponse}: whether the reply is the
     * response to just the expecting exchanges, as over HTTP.
     */
    void unreadable(MessageReader.Reading reading, List<Exchange> expecting, boolean isResponse, long nowNs) {
        for (UnreadableElement element : reading.unreadable()) {
            MalformedMessageException why = new MalformedMessageException(element.description(session.server()), null);
            if (element.channel() != null) {
                matcher.takeCallsFor(element.asMessage()).calls()
                        .forEach(call -> effects.fail(call, PublishFailures.failed(call, why)));
            }
            for (Exchange exchange : expecting) {
                for (Request request : exchange.requests()) {
                    if (element.mayAnswer(request.channel(), request.id(), isResponse)) {
                        failUnanswered(request, why, nowNs);
                    }
                }
            }
            effects.reportIgnored(why);
        }
        int more = reading.unreadableCount() - reading.unreadable().size();
        if (more > 0) {
            reportIgnored("%s sent %d more messages that are not valid JSON; they are ignored.", more);
        }
        if (reading.ignored() > 0) {
            reportIgnored(
                    "%s sent %d elements that are no messages, since they have no channel; they are ignored.",
                    reading.ignored());
        }
    }

    private void reportIgnored(String format, int count) {
        effects.reportIgnored(new MalformedMessageException(format.formatted(session.server(), count), null));
    }

    /**
     * Fails the messages whose replies have arrived and were dropped by an extension: a program must neither treat a refusal
     * as an acceptance, nor wait for a reply that has arrived. Called after the last message of a reply.
     */
    void dropped(Input.Received received) {
        List<IncomingMessage> all = received.reading().messages();
        if (all.size() == received.messages().size()) {
            return;
        }
        droppedWithoutId(all, received.messages());
        for (IncomingMessage message : all) {
            Request request = matcher.requestFor(message);
            boolean isReply = request != null && switch (request.kind()) {
                // A server may repeat the publisher's id in a delivery, too.
                case PUBLISH -> message.successful() != null && !message.isDelivery();
                // An acceptance alone is no answer.
                case CALL -> message.data() != null || !message.isSuccessful();
                default -> false;
            };
            if (request != null && isReply) {
                matcher.remove(request);
                failDropped(request);
            }
        }
    }

    /** Fails the calls whose answers without ids were dropped: there are more in the reply than were processed. */
    private void droppedWithoutId(List<IncomingMessage> all, List<IncomingMessage> kept) {
        Map<String, Integer> dropped = new HashMap<>();
        for (IncomingMessage message : all) {
            if (message.isDelivery() && message.id() == null) {
                dropped.merge(String.valueOf(message.channel()), 1, Integer::sum);
            }
        }
        for (IncomingMessage message : kept) {
            if (message.isDelivery() && message.id() == null) {
                dropped.merge(String.valueOf(message.channel()), -1, Integer::sum);
            }
        }
        dropped.forEach((channel, count) -> {
            for (int n = 0; n < count && matcher.calls().isAwaited(channel); n++) {
                matcher.takeCallsWithoutId(channel).calls().forEach(this::failDropped);
            }
        });
    }

    private void failDropped(Request request) {
        effects.fail(request, new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                "An extension has dropped the reply of %s to the message for %s, so the server may have accepted or refused it. If the extension failed, the event ExtensionFailed names it."
                        .formatted(session.server(), request.channel()),
                null));
    }

    void fail(Exchange exchange, BayeuxException failure, long nowNs) {
        for (Request request : exchange.requests()) {
            failUnanswered(request, failure, nowNs);
        }
    }

    void failUnanswered(Request request, BayeuxException failure, long nowNs) {
        if (request.kind() == Kind.HANDSHAKE || request.kind() == Kind.CONNECT) {
            session.happened(new SessionEvent.Lost(request.id(), failure));
        } else if (matcher.contains(request)) {
            matcher.remove(request);
            fail(request, failure, nowNs);
        }
    }

    /** Fails a request that the matcher no longer has. */
    void fail(Request request, BayeuxException failure, long nowNs) {
        switch (request.kind()) {
            case SUBSCRIBE -> subscriptions.lost(request, failure, nowNs);
            // If an extension has held the request back, the server has not received it and continues to hold the connect.
            case DISCONNECT -> session.happened(failure instanceof HeldBackException
                    ? new SessionEvent.Aborted()
                    : new SessionEvent.DisconnectEnded());
            case PUBLISH, CALL -> {
                PublishException failed = PublishFailures.failed(request, failure);
                if (request.kind() == Kind.CALL && failed.outcome() == Outcome.UNKNOWN) {
                    matcher.calls().owes(request);
                }
                effects.fail(request, failed);
            }
            case UNSUBSCRIBE -> subscriptions.unsubscribeLost(request, failure, nowNs);
            case HANDSHAKE, CONNECT -> {
                // The matcher does not know them.
            }
        }
    }

    /** Takes a response, perhaps {@code empty}, that lacks the replies to some requests (C-46). */
    void missing(Exchange exchange, boolean empty, long nowNs) {
        for (Request request : exchange.requests()) {
            switch (request.kind()) {
                case HANDSHAKE, CONNECT -> {
                    // Runs for every valid reply, so it makes a failure only when the session still waits for it.
                    if (request.id().equals(session.state().outstanding())) {
                        session.happened(new SessionEvent.Lost(request.id(), noReply(request, empty)));
                    }
                }
                case PUBLISH -> {
                    if (matcher.contains(request)) {
                        matcher.remove(request);
                        unconfirmed(request, empty);
                    }
                }
                case CALL -> {
                    // The answer may come with any other response.
                }
                case SUBSCRIBE, UNSUBSCRIBE, DISCONNECT -> failUnanswered(request, noReply(request, empty), nowNs);
            }
        }
    }

    /** Servers may omit the reply to a publish, but an empty response confirms nothing. */
    private void unconfirmed(Request request, boolean empty) {
        if (empty && !request.channel().startsWith(Fields.SERVICE)) {
            effects.fail(request, new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                    "The response of %s to the message for %s is empty; the server may have processed the message. Does a Bayeux server answer there?"
                            .formatted(session.server(), request.channel()),
                    null));
        } else {
            effects.add(new Effect.Complete(request, null));
        }
    }

    /** A server of Bayeux 1.0draft1 that does not understand the request answers with an empty array. */
    private TransportException noReply(Request request, boolean empty) {
        return new TransportException(
                Problem.LOST, "The response of %s has no reply to the request on %s.%s".formatted(session.server(),
                        request.channel(),
                        empty && !draft
                                ? " The response is empty: a server older than Bayeux 1.0 needs the setting dialect(Dialect.DRAFT_1)."
                                : " Does a Bayeux server answer there?"),
                null);
    }
}
