package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.session.SessionEvent;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the messages of a response or frame in their order (C-74): it passes each run of deliveries to the subscribers,
 * and all other messages to {@link ReplyRouter}. The session machine takes each message before the next is taken.
 */
final class ReceivedMessages {

    private static final Effect REPORT_DROPPED = new Effect.ReportDropped();

    private final Effects effects;
    private final CurrentSession session;
    private final SessionActions actions;
    private final FlowControl flow;
    private final Routes routes;
    private final ReplayPositions positions;
    private final ReplyRouter router;
    /** The number of the last delivery. */
    private long lastNumber;
    /** How many deliveries of the present reply have served a subscriber or a call. */
    private int replyServed;

    ReceivedMessages(Effects effects, CurrentSession session, SessionActions actions, FlowControl flow,
            ServerSubscriptions subscriptions, ReplyRouter router) {
        this.effects = effects;
        this.session = session;
        this.actions = actions;
        this.flow = flow;
        this.routes = subscriptions.table().routes();
        this.positions = subscriptions.positions();
        this.router = router;
    }

    long lastNumber() {
        return lastNumber;
    }

    /**
     * Takes the messages of one response or frame, or a slice of them. {@code waiting} are the exchanges that wait on the
     * full-duplex connection that brought them; {@code refusing} if deliveries find no room and the server keeps them.
     */
    void take(Input.Received received, List<Exchange> waiting, boolean refusing, long nowNs) {
        take(received, waiting, nowNs, refusing || session.state().hasMissedDeliveries());
    }

    private void take(Input.Received received, List<Exchange> waiting, long nowNs, boolean refusing) {
        List<IncomingMessage> messages = received.messages();
        int from = received.from();
        int to = received.to();
        if (refusing) {
            messages = withoutDeliveries(messages.subList(from, to));
            from = 0;
            to = messages.size();
        }
        int before = refusing ? beforeLast(messages) : Math.max(from, Math.min(to, received.before()));
        replyServed = received.isFirst() ? 0 : replyServed;
        if (from < to) {
            Reply reply = new Reply(received.exchange(), received.messages(), waiting, session.clientId(), nowNs);
            takeDeliveries(messages, from, before, reply);
            for (int n = before; n < to; n++) {
                router.receive(messages.get(n), reply, replyServed);
                settle(reply);
            }
        }
        if (received.isLast()) {
            if (received.taking() != null && !refusing) {
                received.taking().markDelivered();
            }
            router.reportIgnored();
        }
    }

    /** Takes the deliveries, and the replies between them, that come before the last replies. */
    private void takeDeliveries(List<IncomingMessage> messages, int from, int to, Reply reply) {
        int deliveries = 0;
        int served = 0;
        int run = from;
        for (int n = from; n < to; n++) {
            IncomingMessage message = messages.get(n);
            if (message.isDelivery()) {
                deliveries++;
                served += arrived(message, lastNumber + n - run + 1, reply) ? 1 : 0;
            } else {
                deliver(messages, run, n);
                run = n + 1;
                router.receive(message, reply, 0);
            }
            settle(reply);
        }
        deliver(messages, run, to);
        replyServed += served;
        if (deliveries > 0) {
            effects.add(REPORT_DROPPED);
            session.happened(new SessionEvent.Delivered(deliveries, served));
            actions.decide(reply.nowNs());
        }
    }

    /** Takes the replies to publishes of a session that has ended; nothing else of the response counts. */
    void takeOrphaned(Input.Received received, Exchange exchange, long nowNs) {
        Reply reply = new Reply(exchange, received.messages(), List.of(), session.clientId(), nowNs);
        for (IncomingMessage message : received.messages().subList(received.from(), received.to())) {
            if (!message.isMeta() && message.successful() != null) {
                router.receive(message, reply, 0);
                settle(reply);
            }
        }
        if (received.isLast()) {
            router.reportIgnored();
        }
    }

    /** Takes the events of a message, then the requests that it refused for their session. */
    private void settle(Reply reply) {
        actions.decide(reply.nowNs());
        router.settleRefused(reply);
    }

    /** Returns the index of the first message that is processed after all others (C-137). */
    private static int beforeLast(List<IncomingMessage> messages) {
        int before = messages.size();
        while (before > 0 && messages.get(before - 1).isMeta()) {
            before--;
        }
        return before;
    }

    /** Takes a delivery. Returns whether it was for a subscriber or a call. */
    private boolean arrived(IncomingMessage message, long number, Reply reply) {
        String channel = String.valueOf(message.channel());
        positions.arrived(channel, number, String.valueOf(message.data()));
        boolean answers = router.receiveDelivery(message, reply);
        return answers || !routes.of(channel).isEmpty();
    }

    private void deliver(List<IncomingMessage> messages, int from, int to) {
        if (from < to) {
            effects.add(new Effect.Deliver(messages, from, to, lastNumber + 1, !flow.isForced()));
            lastNumber += to - from;
        }
    }

    /**
     * Discards the deliveries of a reply and does not acknowledge it. The server redelivers them after the next connect, which
     * acknowledges only earlier replies (C-114). That connect waits, so the server is not asked in a loop (C-113).
     */
    private List<IncomingMessage> withoutDeliveries(List<IncomingMessage> messages) {
        List<IncomingMessage> kept = new ArrayList<>();
        for (IncomingMessage message : messages) {
            // An answer that a caller waits for goes into no queue.
            if (!message.isDelivery() || router.isAnswer(message)) {
                kept.add(Fields.CONNECT.equals(message.channel())
                        ? message.with(JsonValue.EMPTY_JSON_OBJECT, message.data())
                        : message);
            }
        }
        return kept;
    }
}
