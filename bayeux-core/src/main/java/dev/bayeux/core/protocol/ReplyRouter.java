package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what each message of the server means (C-77): an event for the session, or the answer to a request. Deliveries go
 * on to the subscribers, whatever else they are.
 */
final class ReplyRouter {

    private static final int LONGEST_QUOTED = 80;

    private final Effects effects;
    private final CurrentSession session;
    private final Requests requests;
    private final ReplyMatcher matcher;
    private final ServerSubscriptions subscriptions;
    private final UnansweredRequests unanswered;
    private final IgnoredMessages ignored;
    private final List<RefusedForSession> refusedForSession = new ArrayList<>();

    ReplyRouter(Effects effects, CurrentSession session, Requests requests, ServerSubscriptions subscriptions,
            UnansweredRequests unanswered) {
        this.effects = effects;
        this.session = session;
        this.requests = requests;
        this.matcher = requests.matcher();
        this.subscriptions = subscriptions;
        this.unanswered = unanswered;
        this.ignored = new IgnoredMessages(effects, session);
    }

    /**
     * The reply that is being taken.
     *
     * @param exchange which it answers, {@code null} if a full-duplex connection brought it
     * @param messages all of it
     * @param waiting the exchanges that a message without id of the full-duplex connection that brought it may answer
     * @param clientId the session, empty without one: no error text may show it
     * @param served how many deliveries that a subscriber or a call wanted came before this message
     * @param nowNs when it was taken
     */
    record Reply(@Nullable Exchange exchange, List<IncomingMessage> messages, List<Exchange> waiting, String clientId,
            int served, long nowNs) {

        /** The requests that it answers, none if a full-duplex connection brought it. */
        List<Request> requests() {
            return exchange == null ? List.of() : exchange.requests();
        }
    }

    /** A publish or call that the server did not process, since it did not know the session; {@code orphaned} if that has ended. */
    private record RefusedForSession(Request request, PublishException failure, boolean orphaned) {}

    // Messages

    /** Whether a caller waits for a delivery. */
    boolean isAnswer(IncomingMessage delivery) {
        return matcher.isAnsweredBy(delivery);
    }

    /** Takes a delivery; whether a call or a publish wanted it. */
    boolean receiveDelivery(IncomingMessage message, Reply reply) {
        matcher.sees(message);
        advised(message);
        return answer(message, reply);
    }

    /** Takes any other message. */
    void receive(IncomingMessage message, Reply reply) {
        String channel = message.channel();
        matcher.sees(message);
        if (channel == null) {
            withoutChannel(message, reply);
        } else if (message.isMeta()) {
            receiveMeta(channel, withId(message, reply.exchange()), reply);
        } else if (message.successful() != null) {
            Request request = matcher.takeFor(message, reply.requests());
            if (request != null) {
                publishAnswered(request, message, reply);
                if (!requests.isOrphaned(request)) {
                    answered(message, reply);
                }
            } else if (!message.isSuccessful()) {
                abandonedRefused(message, reply);
            }
        } else {
            advised(message);
            ignored.add("a message on %s with neither data nor a result", channel);
        }
    }

    /** Forgets a call that its caller had given up and that the server has refused: no answer will arrive. */
    private void abandonedRefused(IncomingMessage message, Reply reply) {
        Exchange exchange = reply.exchange();
        for (Exchange each : exchange == null ? reply.waiting() : List.of(exchange)) {
            Request call = each.takeGivenUp(message);
            if (call != null) {
                matcher.unprocessed(call);
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

    private void receiveMeta(String channel, IncomingMessage message, Reply reply) {
        switch (channel) {
            case Fields.HANDSHAKE -> {
                if (message.isSuccessful()) {
                    subscriptions.handshook(message.ext());
                }
                session.happened(new SessionEvent.HandshakeAnswered(message, reply.exchange() == null));
            }
            case Fields.CONNECT -> session.happened(new SessionEvent.ConnectAnswered(message, reply.served()));
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
                    restored(message.isSuccessful()
                            ? subscriptions.accepted(request)
                            : subscriptions.refused(request, refusal(message, reply), reply.nowNs()));
                    answered(message, reply);
                }
            }
            case Fields.UNSUBSCRIBE -> {
                if (matcher.takeFor(message, reply.requests()) != null) {
                    answered(message, reply);
                }
            }
            default -> ignored.add("a message on %s, which is no channel of the protocol",
                    channel.length() > LONGEST_QUOTED ? channel.substring(0, LONGEST_QUOTED) + "..." : channel);
        }
    }

    private void restored(boolean complete) {
        if (complete) {
            session.happened(new SessionEvent.Restored(subscriptions.restorationSerial()));
        }
    }

    private BayeuxException refusal(IncomingMessage message, Reply reply) {
        return Refusal.of(message, reply.clientId(), session.server());
    }

    /**
     * Decides on the requests that the message just processed has refused for their session: each leaves in the next session if
     * there is to be one, since it was certainly not processed.
     */
    void settleRefusedForSession(Reply reply) {
        if (refusedForSession.isEmpty()) {
            return;
        }
        boolean sameSession = reply.clientId().equals(session.state().clientId().orElse(null));
        List<Request> again = new ArrayList<>(refusedForSession.size());
        for (RefusedForSession each : refusedForSession) {
            if (sameSession && !each.orphaned()) {
                effects.fail(each.request(), each.failure());
            } else if (session.state().gate() == Gate.REFUSE) {
                effects.fail(each.request(), PublishFailures.notSent(each.request(), each.failure()));
            } else {
                again.add(each.request());
            }
        }
        refusedForSession.clear();
        if (!again.isEmpty()) {
            requests.sendAgain(again);
        }
        effects.viewChanged();
    }

    private void publishAnswered(Request request, IncomingMessage message, Reply reply) {
        if (!message.isSuccessful()) {
            PublishException failure = refusalOf(request, message, reply);
            if (isForSession(request, message)) {
                refusedForSession.add(new RefusedForSession(request, failure, requests.isOrphaned(request)));
                takeOthers(reply);
            } else {
                effects.fail(request, failure);
            }
        } else if (request.kind() == Kind.CALL) {
            matcher.accepted(request);
        } else {
            effects.add(new Effect.Complete(request, message));
        }
    }

    private PublishException refusalOf(Request request, IncomingMessage message, Reply reply) {
        return PublishFailures.refused(request, Refusal.of(message, reply.clientId(), session.server()), message);
    }

    /** Once: a server that does not know the next session either means something else. */
    private static boolean isForSession(Request request, IncomingMessage message) {
        return !request.isSentAgain() && Refusal.meansLostSession(message);
    }

    /**
     * Takes the other replies to publishes before a refusal ends the session. A server often refuses all messages of a batch
     * together, and a message with a reply must not fail as unknown.
     */
    private void takeOthers(Reply reply) {
        for (IncomingMessage message : reply.messages()) {
            if (message.successful() != null && !message.isMeta() && message.channel() != null) {
                Request other = matcher.takeFor(message, reply.requests());
                if (other == null || other.kind() == Kind.CALL && message.isSuccessful()) {
                    // Taken already, or an answer that the end of the session will cost.
                    continue;
                }
                if (message.isSuccessful()) {
                    effects.add(new Effect.Complete(other, message));
                } else if (isForSession(other, message)) {
                    refusedForSession.add(new RefusedForSession(other, refusalOf(other, message, reply),
                            requests.isOrphaned(other)));
                } else {
                    effects.fail(other, refusalOf(other, message, reply));
                }
            }
        }
    }

    /** A delivery may answer a call, or a publish to a service. */
    private boolean answer(IncomingMessage message, Reply reply) {
        Request call = matcher.takeCallFor(message);
        if (call != null) {
            if (Boolean.FALSE.equals(message.successful())) {
                publishAnswered(call, message, reply);
            } else {
                effects.add(new Effect.Complete(call, message));
            }
            return true;
        } else if (message.successful() != null || isServiceAnswer(message)) {
            Request request = matcher.takeFor(message, reply.requests());
            if (request != null) {
                if (Boolean.FALSE.equals(message.successful())) {
                    publishAnswered(request, message, reply);
                } else {
                    effects.add(new Effect.Complete(request, message));
                }
                return true;
            }
        }
        return false;
    }

    /** POE answers a publish to a service with data and nothing else (C-61). */
    private static boolean isServiceAnswer(IncomingMessage message) {
        return message.id() != null && String.valueOf(message.channel()).startsWith(Fields.SERVICE);
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
                    ofSession |= !requests.isOrphaned(request);
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
            publishAnswered(request, answer, reply);
        } else {
            unanswered.fail(request, refusal(answer, reply), reply.nowNs());
        }
    }

    /**
     * Over a full-duplex connection the id tells which request is refused. Without an id it is the batch, since the server
     * answers other requests at once while it holds a connect. No handshake is refused for a session that is unknown.
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
            takeOthers(reply);
        }
        advised(message);
        session.happened(new SessionEvent.ReplyReceived(message));
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

    /** An extension did not let one message of an exchange out. */
    void heldBack(Exchange exchange, String id, HeldBackException why, long nowNs) {
        for (Request request : exchange.requests()) {
            if (!request.id().equals(id)) {
                continue;
            }
            if (request.kind() == Kind.SUBSCRIBE && matcher.contains(request)) {
                // As if the server had refused: another try would make all others wait (C-72).
                matcher.remove(request);
                restored(subscriptions.refused(request, why, nowNs));
            } else {
                unanswered.failUnanswered(request, why, nowNs);
            }
        }
    }
}
