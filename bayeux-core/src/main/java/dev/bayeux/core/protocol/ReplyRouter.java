package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each message of the server is (C-77): an event for the session, or the answer to a request. Subscribers
 * receive each delivery, even if it is also an answer.
 */
final class ReplyRouter {

    private static final int LONGEST_QUOTED = 80;

    private final CurrentSession session;
    private final Requests requests;
    private final ReplyMatcher matcher;
    private final SubscribeReplies subscriptions;
    private final UnansweredRequests unanswered;
    private final PublishReplies publishes;
    private final ReplayExtension replay;
    private final IgnoredMessages ignored;

    ReplyRouter(Effects effects, CurrentSession session, Requests requests, SubscribeReplies subscriptions,
            UnansweredRequests unanswered, ReplayExtension replay) {
        this.session = session;
        this.requests = requests;
        this.matcher = requests.matcher();
        this.subscriptions = subscriptions;
        this.unanswered = unanswered;
        this.publishes = new PublishReplies(effects, session, requests);
        this.replay = replay;
        this.ignored = new IgnoredMessages(effects, session);
    }

    // Messages

    /** Whether a caller waits for a delivery. */
    boolean isAnswer(IncomingMessage delivery) {
        return matcher.isAnsweredBy(delivery);
    }

    /** Takes a delivery; returns whether it answers a call or a publish. */
    boolean receiveDelivery(IncomingMessage message, Reply reply) {
        matcher.sees(message);
        advised(message);
        return publishes.answeredBy(message, reply);
    }

    /** Takes any other message; {@code served} is how many deliveries that a subscriber or a call wanted came before it. */
    void receive(IncomingMessage message, Reply reply, int served) {
        String channel = message.channel();
        matcher.sees(message);
        if (channel == null) {
            withoutChannel(message, reply);
        } else if (message.isMeta()) {
            receiveMeta(channel, withId(message, reply.exchange()), reply, served);
        } else if (message.successful() != null) {
            Request request = matcher.takeFor(message, reply.requests());
            if (request != null) {
                publishes.answered(request, message, reply);
                if (!requests.orphaned().contains(request)) {
                    answered(message, reply);
                }
            } else if (!message.isSuccessful()) {
                abandonedRefused(channel, message, reply);
            }
        } else {
            advised(message);
            ignored.add("a message on %s with neither data nor a result", channel);
        }
    }

    /** Forgets a call that has ended without an answer and that the server has refused: no answer will arrive. */
    private void abandonedRefused(String channel, IncomingMessage message, Reply reply) {
        if (message.id() != null) {
            matcher.calls().owesNot(channel, message.id());
            return;
        }
        Exchange exchange = reply.exchange();
        for (Exchange each : exchange == null ? reply.waiting() : List.of(exchange)) {
            Request call = each.takeGivenUp(message);
            if (call != null) {
                matcher.calls().owesNot(channel, call.id());
                return;
            }
        }
    }

    /** A reply without id answers the handshake or connect of the very exchange (C-44). */
    private static IncomingMessage withId(IncomingMessage message, @Nullable Exchange exchange) {
        if (message.id() != null || exchange == null || exchange.isBatch()) {
            return message;
        }
        Request first = exchange.requests().getFirst();
        return first.channel().equals(message.channel()) && message.successful() != null
                ? message.answering(first.channel(), first.id())
                : message;
    }

    private void receiveMeta(String channel, IncomingMessage message, Reply reply, int served) {
        switch (channel) {
            case Fields.HANDSHAKE -> {
                if (message.isSuccessful()) {
                    replay.handshook(message.ext());
                }
                session.happened(new SessionEvent.HandshakeAnswered(message, reply.exchange() == null));
            }
            case Fields.CONNECT -> session.happened(new SessionEvent.ConnectAnswered(message, served));
            case Fields.DISCONNECT -> {
                if (matcher.takeFor(message, reply.requests()) != null) {
                    session.happened(new SessionEvent.DisconnectEnded());
                } else {
                    session.happened(new SessionEvent.ServerDisconnected(message));
                }
            }
            case Fields.SUBSCRIBE -> {
                Request request = matcher.takeFor(message, reply.requests());
                if (request != null) {
                    if (message.isSuccessful()) {
                        subscriptions.accepted(request);
                    } else {
                        subscriptions.refused(request, refusal(message, reply), reply.nowNs());
                    }
                    answered(message, reply);
                }
            }
            case Fields.UNSUBSCRIBE -> {
                Request request = matcher.takeFor(message, reply.requests());
                if (request != null) {
                    subscriptions.unsubscribed(request);
                    answered(message, reply);
                }
            }
            default -> ignored.add("a message on %s, which is no channel of the protocol",
                    channel.length() > LONGEST_QUOTED ? channel.substring(0, LONGEST_QUOTED) + "..." : channel);
        }
    }

    private BayeuxException refusal(IncomingMessage message, Reply reply) {
        return Refusal.of(message, reply.clientId(), session.server());
    }

    /** Decides on the requests that the message just taken has refused for their session. */
    void settleRefused(Reply reply) {
        publishes.settleRefused(reply);
    }

    /** Some servers refuse a whole request with a message that has no channel (C-83). */
    private void withoutChannel(IncomingMessage message, Reply reply) {
        List<Request> refused = Boolean.FALSE.equals(message.successful()) ? refusedBy(message, reply) : List.of();
        if (refused.isEmpty()) {
            ignored.add("a message without a channel");
            return;
        }
        boolean ofSession = false;
        for (Request request : refused) {
            IncomingMessage answer = message.answering(request.channel(), request.id());
            switch (request.kind()) {
                case HANDSHAKE ->
                    session.happened(new SessionEvent.HandshakeAnswered(answer, reply.exchange() == null));
                case CONNECT -> session.happened(new SessionEvent.ConnectAnswered(answer, 0));
                default -> {
                    ofSession |= !requests.orphaned().contains(request);
                    if (matcher.contains(request)) {
                        matcher.remove(request);
                        refused(request, answer, reply);
                    }
                }
            }
        }
        if (ofSession) {
            answered(message.answering(refused.getFirst().channel(), refused.getFirst().id()), reply);
        }
    }

    private void refused(Request request, IncomingMessage answer, Reply reply) {
        if (request.isPublished()) {
            publishes.answered(request, answer, reply);
        } else {
            unanswered.fail(request, refusal(answer, reply), reply.nowNs());
        }
    }

    /**
     * Over a full-duplex connection the id identifies the refused request. Without an id it is the batch, since the server
     * answers other requests at once while it holds a connect. A server never refuses a handshake because of an unknown
     * session.
     */
    private static List<Request> refusedBy(IncomingMessage message, Reply reply) {
        Exchange exchange = reply.exchange();
        if (exchange != null) {
            return exchange.requests();
        }
        if (message.id() == null) {
            return reply.waiting().stream()
                    .filter(each -> each.kind() != Kind.HANDSHAKE || !Refusal.meansLostSession(message)).findFirst()
                    .map(Exchange::requests).orElse(List.of());
        }
        return reply.waiting().stream().flatMap(each -> each.requests().stream())
                .filter(each -> each.id().equals(message.id())).toList();
    }

    /** A reply to another request than a handshake or connect: its advice counts first (C-28), then what it proves (C-138). */
    private void answered(IncomingMessage message, Reply reply) {
        if (Boolean.FALSE.equals(message.successful())
                && (message.reconnect() == Reconnect.HANDSHAKE || Refusal.meansLostSession(message))) {
            publishes.takeOthers(reply);
        }
        advised(message);
        session.replied(message);
    }

    private void advised(IncomingMessage message) {
        if (message.advice() != null) {
            session.happened(new SessionEvent.Advised(message));
        }
    }

    /** Reports the messages of a reply that were ignored, all with one event. */
    void reportIgnored() {
        ignored.report();
    }

    /** Takes the report that an extension held one message of an exchange back. */
    void heldBack(Exchange exchange, String id, HeldBackException why, long nowNs) {
        for (Request request : exchange.requests()) {
            if (!request.id().equals(id)) {
                continue;
            }
            if (request.kind() == Kind.SUBSCRIBE && matcher.contains(request)) {
                // As if the server had refused it: a new subscription fails, an established one is tried again later (C-72).
                matcher.remove(request);
                subscriptions.refused(request, why, nowNs);
            } else {
                unanswered.failUnanswered(request, why, nowNs);
            }
        }
    }
}
