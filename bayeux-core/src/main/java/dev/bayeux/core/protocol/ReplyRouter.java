package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
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
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.message.UnreadableElement;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds what each message of the server means (C-77): an event for the session, or the answer to a request. Deliveries go
 * on to the subscribers, whatever else they are.
 */
final class ReplyRouter {

    private static final int LONGEST_QUOTED = 80;

    private final Requests requests;
    private final ReplyMatcher matcher;
    private final ServerSubscriptions subscriptions;
    private final Effects effects;
    private final Queue<SessionEvent> events;
    private final List<RefusedForSession> refusedForSession = new ArrayList<>();
    private final boolean draft;
    /** The first message of a reply that was ignored; {@code null} if none was. */
    private @Nullable String firstIgnored;
    private int ignored;

    ReplyRouter(Requests requests, ServerSubscriptions subscriptions, Effects effects, Queue<SessionEvent> events,
            boolean draft) {
        this.draft = draft;
        this.requests = requests;
        this.matcher = requests.matcher();
        this.subscriptions = subscriptions;
        this.effects = effects;
        this.events = events;
    }

    /**
     * The reply that is being taken.
     *
     * @param exchange which it answers, {@code null} if a full-duplex connection brought it
     * @param messages all of it
     * @param waiting the exchanges that wait for a reply of the full-duplex connection that brought it
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

    /** A publish or call that the server did not process, since it did not know the session; {@code late} if that has ended. */
    record RefusedForSession(Request request, PublishException failure, boolean late) {}

    /** {@return what was refused for its session since the last call: the session decides what becomes of it} */
    List<RefusedForSession> takeRefusedForSession() {
        if (refusedForSession.isEmpty()) {
            return List.of();
        }
        List<RefusedForSession> taken = List.copyOf(refusedForSession);
        refusedForSession.clear();
        return taken;
    }

    // Messages

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
                if (!requests.isLate(request)) {
                    answered(message, reply);
                }
            }
        } else {
            advised(message);
            ignore("a message on %s with neither data nor a result", channel);
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
                events.add(new SessionEvent.HandshakeAnswered(message));
            }
            case Fields.CONNECT -> events.add(new SessionEvent.ConnectAnswered(message, reply.served()));
            case Fields.DISCONNECT -> {
                if (matcher.takeFor(message, reply.requests()) != null) {
                    events.add(new SessionEvent.DisconnectEnded());
                } else {
                    events.add(new SessionEvent.ServerDisconnected(message));
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
            default -> ignore("a message on %s, which is no channel of the protocol",
                    channel.length() > LONGEST_QUOTED ? channel.substring(0, LONGEST_QUOTED) + "..." : channel);
        }
    }

    private void restored(boolean complete) {
        if (complete) {
            events.add(new SessionEvent.Restored(subscriptions.restorationSerial()));
        }
    }

    private static BayeuxException refusal(IncomingMessage message, Reply reply) {
        return Refusal.of(message, reply.clientId());
    }

    private void publishAnswered(Request request, IncomingMessage message, Reply reply) {
        if (!message.isSuccessful()) {
            PublishException failure = refusalOf(request, message, reply);
            if (isForSession(request, message)) {
                refusedForSession.add(new RefusedForSession(request, failure, requests.isLate(request)));
                takeOthers(reply);
            } else {
                effects.fail(request, failure);
            }
        } else if (request.kind() == Kind.CALL) {
            // The server has accepted the call; its answer is still to come (C-60).
            matcher.add(request);
        } else {
            effects.add(new Effect.Complete(request, message));
        }
    }

    private static PublishException refusalOf(Request request, IncomingMessage message, Reply reply) {
        return PublishFailures.refused(request, Refusal.of(message, reply.clientId()), message);
    }

    /** Once: a server that does not know the next session either means something else. */
    private static boolean isForSession(Request request, IncomingMessage message) {
        return !request.isSentAgain() && Refusal.meansLostSession(message);
    }

    /**
     * Takes the other replies to publishes before a refusal ends the session: what was sent together is often refused
     * together, and what is answered is not unknown.
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
                            requests.isLate(other)));
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

    /** Some servers report what is wrong with a request as a whole in a message without a channel (C-83). */
    private void withoutChannel(IncomingMessage message, Reply reply) {
        List<Request> refused = Boolean.FALSE.equals(message.successful()) ? refusedBy(message, reply) : List.of();
        if (refused.isEmpty()) {
            ignore("a message without a channel");
            return;
        }
        boolean ofSession = false;
        for (Request request : refused) {
            IncomingMessage answer = message.answering(request.channel(), request.id());
            switch (request.kind()) {
                case HANDSHAKE -> events.add(new SessionEvent.HandshakeAnswered(answer));
                case CONNECT -> events.add(new SessionEvent.ConnectAnswered(answer, 0));
                default -> {
                    ofSession |= !requests.isLate(request);
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
            fail(request, refusal(answer, reply), reply.nowNs());
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
        events.add(new SessionEvent.ReplyReceived(message));
    }

    private void advised(IncomingMessage message) {
        if (message.advice() != null) {
            events.add(new SessionEvent.Advised(message));
        }
    }

    /** Counts a message that means nothing: a server may send as many as a reply can hold. */
    private void ignore(String what) {
        if (firstIgnored == null) {
            firstIgnored = what;
        }
        ignored++;
    }

    private void ignore(String format, Object about) {
        // A text is made for the first message only.
        ignore(firstIgnored == null ? format.formatted(about) : "");
    }

    /** Reports the messages of a reply that were ignored, all with one event. */
    void tellIgnored() {
        if (firstIgnored != null) {
            String others = ignored > 1 ? ", and so are %d more messages of that reply".formatted(ignored - 1) : "";
            tellIgnored("The server sent %s; it is ignored%s.".formatted(firstIgnored, others));
            firstIgnored = null;
            ignored = 0;
        }
    }

    private void tellIgnored(String text) {
        effects.tell(new ClientEvent.MessageIgnored(new MalformedMessageException(text, null)));
    }

    /**
     * Reports what could not be read or is no message, once for each reply, and fails the requests that an unreadable
     * element should have answered. Called after all messages that could be read.
     *
     * @param expecting the exchanges that the reply may belong to
     * @param isResponse whether the reply is the response to just these, as over HTTP
     */
    void unreadable(MessageReader.Reading reading, List<Exchange> expecting, boolean isResponse, long nowNs) {
        for (UnreadableElement element : reading.unreadable()) {
            MalformedMessageException why = new MalformedMessageException(element.description(), null);
            Request call = element.channel() == null ? null : matcher.takeCallFor(element.asMessage());
            if (call != null) {
                fail(call, why, nowNs);
            }
            for (Exchange exchange : expecting) {
                for (Request request : exchange.requests()) {
                    if (element.mayAnswer(request.channel(), request.id(), isResponse)) {
                        failUnanswered(request, why, nowNs);
                    }
                }
            }
            effects.tell(new ClientEvent.MessageIgnored(why));
        }
        int more = reading.unreadableCount() - reading.unreadable().size();
        if (more > 0) {
            tellIgnored("The server sent %d more messages that are not valid JSON; they are ignored.".formatted(more));
        }
        if (reading.ignored() > 0) {
            tellIgnored(
                    "The server sent %d elements that are no messages, since they have no channel; they are ignored."
                            .formatted(reading.ignored()));
        }
    }

    // Replies that do not come

    /** Fails the requests of an exchange that have no reply. */
    void failUnanswered(Exchange exchange, BayeuxException failure, long nowNs) {
        for (Request request : exchange.requests()) {
            failUnanswered(request, failure, nowNs);
        }
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
                failUnanswered(request, why, nowNs);
            }
        }
    }

    private void failUnanswered(Request request, BayeuxException failure, long nowNs) {
        if (request.kind() == Kind.HANDSHAKE || request.kind() == Kind.CONNECT) {
            events.add(new SessionEvent.Lost(request.id(), failure));
        } else if (matcher.contains(request)) {
            matcher.remove(request);
            fail(request, failure, nowNs);
        }
    }

    private void fail(Request request, BayeuxException failure, long nowNs) {
        switch (request.kind()) {
            case SUBSCRIBE -> {
                if (subscriptions.lost(request, failure, nowNs)) {
                    events.add(new SessionEvent.RestoringFailed(subscriptions.restorationSerial(), failure));
                }
            }
            // Where an extension has held it back, the server knows nothing and continues to hold the connect.
            case DISCONNECT -> events.add(failure instanceof HeldBackException
                    ? new SessionEvent.Aborted()
                    : new SessionEvent.DisconnectEnded());
            case PUBLISH, CALL -> effects.fail(request, PublishFailures.failed(request, failure));
            // The subscription has ended in this client, whatever became of the request (C-70).
            case UNSUBSCRIBE -> subscriptions.unsubscribeLost(request);
            case HANDSHAKE, CONNECT -> {
                // The matcher does not know them.
            }
        }
    }

    /**
     * The response is here, and some requests have no reply in it (C-46).
     *
     * @param empty whether it has no message at all
     * @param outstanding the handshake or connect that the session still waits for
     */
    void missing(Exchange exchange, boolean empty, @Nullable String outstanding, long nowNs) {
        for (Request request : exchange.requests()) {
            switch (request.kind()) {
                case HANDSHAKE, CONNECT -> {
                    // Runs for every valid reply, so it makes a failure only when the session still waits for it.
                    if (request.id().equals(outstanding)) {
                        events.add(new SessionEvent.Lost(request.id(), noReply(request, empty)));
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

    /** Servers may leave out the reply to a publish, but one that has said nothing at all has confirmed nothing. */
    private void unconfirmed(Request request, boolean empty) {
        if (empty && !request.channel().startsWith(Fields.SERVICE)) {
            effects.fail(request, new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, request.channel(),
                    "The server's response to the message for %s is empty; the server may have processed the message."
                            .formatted(request.channel()),
                    null));
        } else {
            effects.add(new Effect.Complete(request, null));
        }
    }

    /** A server of Bayeux 1.0draft1 that does not understand the request answers with an empty array. */
    private TransportException noReply(Request request, boolean empty) {
        return new TransportException(
                Problem.LOST, "The server's response has no reply to the request on %s.%s".formatted(
                        request.channel(),
                        empty && !draft
                                ? " The response is empty: a server older than Bayeux 1.0 needs the setting dialect(Dialect.DRAFT_1)."
                                : ""),
                null);
    }
}
