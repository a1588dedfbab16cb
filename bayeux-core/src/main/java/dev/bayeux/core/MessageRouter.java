package dev.bayeux.core;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Subscriptions;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.message.UnreadableElement;
import dev.bayeux.core.session.JudgingOrder;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings each message that arrives to where it belongs (C-77): to the state machine as an event, to the request that it
 * answers, or to the subscribers. Called with the session's lock.
 */
final class MessageRouter {

    private final PendingReplies pending;
    private final Restoration restoration;
    private final Subscriptions subscriptions;
    private final Events listeners;
    private final Consumer<SessionEvent> events;
    private final Supplier<String> clientId;

    MessageRouter(PendingReplies pending, Restoration restoration, Subscriptions subscriptions,
            Events listeners, Consumer<SessionEvent> events, Supplier<String> clientId) {
        this.pending = pending;
        this.restoration = restoration;
        this.subscriptions = subscriptions;
        this.listeners = listeners;
        this.events = events;
        this.clientId = clientId;
    }

    /** Routes the messages of one body or frame, in order (C-74). */
    void route(List<IncomingMessage> messages, @Nullable Exchange exchange) {
        JudgingOrder order = JudgingOrder.of(messages);
        int deliveries = 0;
        int served = 0;
        for (IncomingMessage message : order.first()) {
            if (message.isDelivery()) {
                deliveries++;
                served += deliver(message, exchange) ? 1 : 0;
            } else {
                receiveOne(message, exchange, 0);
            }
        }
        if (deliveries > 0) {
            subscriptions.tellDropped();
            events.accept(new SessionEvent.Delivered(deliveries, served));
        }
        for (IncomingMessage message : order.last()) {
            receiveOne(message, exchange, served);
        }
    }

    private void receiveOne(IncomingMessage message, @Nullable Exchange exchange, int served) {
        String channel = message.channel();
        if (channel == null) {
            withoutChannel(message, exchange);
        } else if (message.isMeta()) {
            receiveMeta(channel, withId(message, exchange), exchange, served);
        } else if (message.successful() != null) {
            Request request = pending.takeFor(message, exchange);
            if (request != null) {
                publishAnswered(request, message);
                answered(message);
            }
        } else {
            advised(message);
            ignore("a message on %s with neither data nor a result".formatted(channel));
        }
    }

    /** A server that leaves ids out answers the handshake or connect of the very request (C-44). */
    private static IncomingMessage withId(IncomingMessage message, @Nullable Exchange exchange) {
        if (message.id() != null || exchange == null) {
            return message;
        }
        Request first = exchange.requests().getFirst();
        return first.channel().equals(message.channel()) && message.successful() != null
                && (first.kind() == Kind.HANDSHAKE || first.kind() == Kind.CONNECT)
                        ? message.answering(first.channel(), first.id())
                        : message;
    }

    private void receiveMeta(String channel, IncomingMessage message, @Nullable Exchange exchange, int served) {
        switch (channel) {
            case Fields.HANDSHAKE -> {
                if (message.isSuccessful()) {
                    subscriptions.onWire().handshook(message.ext());
                }
                events.accept(new SessionEvent.HandshakeAnswered(message));
            }
            case Fields.CONNECT -> events.accept(new SessionEvent.ConnectAnswered(message, served));
            case Fields.DISCONNECT -> {
                if (pending.takeFor(message, exchange) != null) {
                    events.accept(new SessionEvent.DisconnectEnded());
                } else {
                    events.accept(new SessionEvent.ServerDisconnected(message));
                }
            }
            case Fields.SUBSCRIBE -> {
                Request request = pending.takeFor(message, exchange);
                if (request != null) {
                    subscribeAnswered(request, message);
                    answered(message);
                }
            }
            case Fields.UNSUBSCRIBE -> {
                if (pending.takeFor(message, exchange) != null) {
                    answered(message);
                }
            }
            default -> ignore("a message on %s, which is no channel of the protocol".formatted(
                    channel.length() > 80 ? channel.substring(0, 80) + "..." : channel));
        }
    }

    private void subscribeAnswered(Request request, IncomingMessage reply) {
        if (reply.isSuccessful()) {
            subscriptions.onWire().accepted(request);
            restored(request);
        } else {
            subscribeRefused(request, refusal(reply));
        }
    }

    private void subscribeRefused(Request request, BayeuxException why) {
        subscriptions.onWire().refused(request, why);
        restored(request);
    }

    private void restored(Request request) {
        if (restoration.isCompletedBy(request)) {
            events.accept(new SessionEvent.Restored(restoration.serial()));
        }
    }

    private BayeuxException refusal(IncomingMessage reply) {
        return Refusal.of(reply, clientId.get());
    }

    private void publishAnswered(Request request, IncomingMessage reply) {
        if (!reply.isSuccessful()) {
            request.reply().completeExceptionally(Outcomes.refused(request, Refusal.of(reply,
                    clientId.get())));
        } else if (request.kind() == Kind.CALL) {
            // The server has taken the request; its answer is still to come (C-60).
            pending.add(request);
        } else {
            request.reply().complete(reply);
        }
    }

    /** Hands a delivery on; whether a subscriber or a call wanted it. */
    private boolean deliver(IncomingMessage message, @Nullable Exchange exchange) {
        advised(message);
        boolean served = false;
        Request call = pending.takeCallFor(message);
        if (call != null) {
            call.reply().complete(message);
            served = true;
        } else if (message.successful() != null || isServiceAnswer(message)) {
            Request request = pending.takeFor(message, exchange);
            if (request != null) {
                served = true;
                if (Boolean.FALSE.equals(message.successful())) {
                    publishAnswered(request, message);
                } else {
                    request.reply().complete(message);
                }
            }
        }
        return subscriptions.dispatch(message) || served;
    }

    /** POE answers a publish to a service with data and nothing else (C-61). */
    private static boolean isServiceAnswer(IncomingMessage message) {
        return message.id() != null && String.valueOf(message.channel()).startsWith(Fields.SERVICE);
    }

    /** C-83: some servers report what is wrong with a request as a whole in a message without a channel. */
    private void withoutChannel(IncomingMessage message, @Nullable Exchange exchange) {
        if (exchange == null || !Boolean.FALSE.equals(message.successful())) {
            ignore("a message without a channel");
            return;
        }
        for (Request request : exchange.requests()) {
            IncomingMessage reply = message.answering(request.channel(), request.id());
            switch (request.kind()) {
                case HANDSHAKE -> events.accept(new SessionEvent.HandshakeAnswered(reply));
                case CONNECT -> events.accept(new SessionEvent.ConnectAnswered(reply, 0));
                default -> {
                    if (pending.contains(request)) {
                        pending.remove(request);
                        failOne(request, refusal(reply));
                    }
                }
            }
        }
        advised(message);
    }

    /** A reply to something else than a handshake or connect: its advice counts first (C-28), then what it proves (C-138). */
    private void answered(IncomingMessage reply) {
        advised(reply);
        events.accept(new SessionEvent.ReplyReceived(reply));
    }

    private void advised(IncomingMessage message) {
        if (message.advice() != null) {
            events.accept(new SessionEvent.Advised(message));
        }
    }

    private void ignore(String what) {
        listeners.tell(new ClientEvent.MessageIgnored(new MalformedMessageException(
                "The server sent %s; it is ignored.".formatted(what), null)));
    }

    /**
     * Reports what could not be read or is no message, once each reply, and fails what an unreadable element should have
     * answered. Called after all that could be read.
     *
     * @param expecting the exchanges that the reply may belong to
     * @param isResponse whether the reply is the response to just these, as over HTTP
     */
    void unreadable(MessageReader.Reading reading, List<Exchange> expecting, boolean isResponse) {
        for (UnreadableElement element : reading.unreadable()) {
            MalformedMessageException why = new MalformedMessageException(element.description(), null);
            Request call = element.channel() == null ? null : pending.takeCallFor(element.asMessage());
            if (call != null) {
                failOne(call, why);
            }
            for (Exchange exchange : expecting) {
                exchange.requests().stream()
                        .filter(request -> element.mayAnswer(request.channel(), request.id(), isResponse))
                        .forEach(request -> failUnanswered(request, why));
            }
            listeners.tell(new ClientEvent.MessageIgnored(why));
        }
        int more = reading.unreadableCount() - reading.unreadable().size();
        if (more > 0) {
            ignore("%d more messages that are not valid JSON".formatted(more));
        }
        if (reading.ignored() > 0) {
            ignore("%d elements that are no messages, since they have no channel".formatted(reading.ignored()));
        }
    }

    // What does not come

    /** Fails whatever of an exchange has no reply. */
    void failUnanswered(Exchange exchange, BayeuxException failure) {
        exchange.requests().forEach(request -> failUnanswered(request, failure));
    }

    /** An extension did not let one message of an exchange out: the others go on. */
    void heldBack(Exchange exchange, String id, HeldBackException why) {
        for (Request request : exchange.requests()) {
            if (!request.id().equals(id)) {
                continue;
            }
            if (request.kind() == Kind.SUBSCRIBE && pending.contains(request)) {
                // As if the server had refused: asking again and again would keep all others waiting (C-72).
                pending.remove(request);
                subscribeRefused(request, why);
            } else {
                failUnanswered(request, why);
            }
        }
    }

    private void failUnanswered(Request request, BayeuxException failure) {
        if (request.kind() == Kind.HANDSHAKE || request.kind() == Kind.CONNECT) {
            events.accept(new SessionEvent.Lost(request.id(), failure));
        } else if (pending.contains(request)) {
            pending.remove(request);
            failOne(request, failure);
        }
    }

    private void failOne(Request request, BayeuxException failure) {
        switch (request.kind()) {
            case SUBSCRIBE -> {
                if (!restoration.contains(request)) {
                    subscriptions.onWire().refused(request, failure);
                } else if (restoration.failsNow()) {
                    events.accept(new SessionEvent.RestoringFailed(restoration.serial(), failure));
                }
            }
            // Where an extension has held it back, the server knows nothing and goes on holding the connect.
            case DISCONNECT -> events.accept(failure instanceof HeldBackException
                    ? new SessionEvent.Aborted()
                    : new SessionEvent.DisconnectEnded());
            case PUBLISH, CALL -> request.reply().completeExceptionally(Outcomes.failed(request, failure));
            // It stands here, whatever became of it (C-70).
            case UNSUBSCRIBE -> subscriptions.onWire().unsubscribeLost(request);
            case HANDSHAKE, CONNECT -> {
                // They are not kept here.
            }
        }
    }

    /**
     * C-46: the response is here and some requests have no reply in it.
     *
     * @param outstanding the handshake or connect that the session still waits for
     */
    void missing(Exchange exchange, @Nullable String outstanding) {
        for (Request request : exchange.requests()) {
            switch (request.kind()) {
                case HANDSHAKE, CONNECT -> {
                    // Of each reply but the broken ones this is the way: what nobody would look at is not made.
                    if (request.id().equals(outstanding)) {
                        events.accept(new SessionEvent.Lost(request.id(), noReply(request)));
                    }
                }
                case PUBLISH -> {
                    if (pending.contains(request)) {
                        pending.remove(request);
                        request.reply().complete(null);
                    }
                }
                case CALL -> {
                    // Its answer may come with any other response.
                }
                case SUBSCRIBE, UNSUBSCRIBE, DISCONNECT -> {
                    if (pending.contains(request)) {
                        pending.remove(request);
                        failOne(request, noReply(request));
                    }
                }
            }
        }
    }

    private static TransportException noReply(Request request) {
        return new TransportException(Problem.LOST,
                "The server's response has no reply to the request on %s.".formatted(request.channel()), null);
    }
}
