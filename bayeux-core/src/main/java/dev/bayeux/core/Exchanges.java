package dev.bayeux.core;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Intake;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is under way: at most one handshake or connect, and at most one batch beside it (C-48). Gives the threads that
 * carry them their next exchange, and takes what became of it. All is guarded by the session's lock.
 */
final class Exchanges {

    /** What this needs to know of the session. */
    interface View {

        SessionState state();

        Link link();

        /** Called with the lock when an exchange has ended and its thread carries it no longer. */
        void exchangeLeft();
    }

    private final ClientRuntime runtime;
    private final ReentrantLock lock;
    private final Condition changed;
    private final View session;
    private final MessageReader reader;
    private final ExtensionChain extensions;
    private final MessageRouter router;
    private final SendQueue sendQueue;
    private final PendingReplies pending;
    private final Intake intake;
    private final Events listeners;
    private @Nullable Exchange heartbeat;
    private @Nullable Exchange sending;
    private long lastId;
    private final CutOffReply cutOff = new CutOffReply();

    Exchanges(ClientRuntime runtime, ReentrantLock lock, Condition changed, View session, MessageReader reader,
            ExtensionChain extensions, MessageRouter router,
            SendQueue sendQueue, PendingReplies pending, Intake intake, Events listeners) {
        this.runtime = runtime;
        this.lock = lock;
        this.changed = changed;
        this.session = session;
        this.reader = reader;
        this.extensions = extensions;
        this.router = router;
        this.sendQueue = sendQueue;
        this.pending = pending;
        this.intake = intake;
        this.listeners = listeners;
    }

    /** A handshake or connect is about to be sent; {@code null} if it is not wanted any more. */
    @Nullable
    Exchange beginBeat(Kind kind, String id, String connectionType) {
        lock.lock();
        try {
            if (!id.equals(session.state().outstanding())) {
                return null;
            }
            Link link = session.link();
            heartbeat = new Exchange(List.of(Request.ofSession(kind, id)), link, link.connections(), connectionType,
                    session.state().clientId().orElse(null));
            if (intake.isForced() && session.state().isAcknowledging()) {
                heartbeat.refuseDeliveries();
            }
            return heartbeat;
        } finally {
            lock.unlock();
        }
    }

    /** {@return an id that no other request of this client has (C-39)} */
    String freshId() {
        lock.lock();
        try {
            return Long.toString(++lastId);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what waits, stamped with ids and known as sent (C-55); {@code null} if nothing can be sent now. */
    @Nullable
    Exchange beginSending() {
        lock.lock();
        try {
            boolean disconnecting = session.state().gate() == Gate.REFUSE && session.state().hasSession();
            if (sendQueue.isEmpty() || session.state().gate() != Gate.OPEN && !disconnecting) {
                return null;
            }
            String clientId = session.state().clientId().orElse(null);
            Link link = session.link();
            List<Request> requests = sendQueue.next(clientId == null ? 0 : Request.bytesOf(clientId),
                    link.connections().carrier().maxBatchBytes());
            for (Request request : requests) {
                request.stamp(freshId());
                pending.add(request);
            }
            sending = new Exchange(requests, link, link.connections(),
                    session.state().connectionType().orElseThrow(), clientId);
            return sending;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answer to an exchange. */
    void answered(Exchange exchange, String text) {
        if (isOver(exchange)) {
            // Extensions, too, must not see what is discarded (C-85).
            return;
        }
        MessageReader.Reading reading = reader.read(text, exchange.connectionType());
        List<IncomingMessage> messages = extensions.incoming(taken(reading));
        lock.lock();
        try {
            if (exchange.isOver()) {
                return;
            }
            finish(exchange);
            try {
                router.route(exchange.isRefusing() && intake.isPaused() ? withoutDeliveries(messages) : messages,
                        exchange);
            } catch (Throwable bug) {
                // Too little memory, for example. What has no answer yet must not be waited for without end.
                router.failUnanswered(exchange, new TransportException(Problem.LOST,
                        "The server's reply could not be handled: %s".formatted(bug), bug));
                throw bug;
            }
            router.unreadable(reading, List.of(exchange), true);
            if (reading.failure() != null) {
                router.failUnanswered(exchange, reading.failure());
            } else {
                router.missing(exchange, session.state().outstanding());
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean isOver(Exchange exchange) {
        lock.lock();
        try {
            return exchange.isOver();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes as if the server's answer had brought nothing and had no number to acknowledge: it sends all of that again
     * when the next connect acknowledges what it did before (C-114). That connect waits, so this is no quick loop (C-113).
     */
    private List<IncomingMessage> withoutDeliveries(List<IncomingMessage> messages) {
        // What somebody waits for needs no room.
        return messages.stream().filter(message -> !message.isDelivery() || pending.isAnsweredBy(message))
                .map(message -> Fields.CONNECT.equals(message.channel())
                        ? message.with(JsonValue.EMPTY_JSON_OBJECT, message.data())
                        : message)
                .toList();
    }

    /** Takes what counts of a reply, and nothing of it a second time. */
    private List<IncomingMessage> taken(MessageReader.Reading reading) {
        lock.lock();
        try {
            return reading.failure() == null && cutOff.isIdle()
                    ? reading.messages()
                    : cutOff.take(reading, session.state().isAcknowledging()
                            ? session.state().clientId().orElse(null)
                            : null);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what a full-duplex transport brings. */
    void pushed(Link.Connections from, String text) {
        MessageReader.Reading reading = reader.read(text, connectionType());
        List<IncomingMessage> messages = extensions.incoming(taken(reading));
        boolean awaited = true;
        lock.lock();
        try {
            if (!from.isOpen()) {
                return;
            }
            // Also what comes late, behind the reply that has ended the exchange.
            boolean refusing = heartbeat == null
                    ? intake.isForced() && session.state().isAcknowledging()
                    : heartbeat.isRefusing();
            messages.forEach(this::endBeatAnsweredBy);
            int waiting = pending.size();
            router.route(refusing ? withoutDeliveries(messages) : messages, null);
            awaited = isAwaited(messages, waiting);
            if (!reading.isPlain()) {
                awaited = true;
                withoutReplies(from, reading, text);
            }
        } finally {
            if (awaited) {
                changed.signalAll();
            }
            lock.unlock();
        }
    }

    /** A frame, or a part of it, is no message: whatever it may have been the answer to need not wait for its limit. */
    private void withoutReplies(Link.Connections from, MessageReader.Reading reading, String text) {
        List<Exchange> waiting = Stream.of(sending, heartbeat)
                .filter(exchange -> exchange != null && exchange.connections() == from).toList();
        router.unreadable(reading, waiting, false);
        if (reading.failure() != null && !text.isBlank()) {
            if (waiting.isEmpty()) {
                listeners.tell(new ClientEvent.MessageIgnored(reading.failure()));
            }
            waiting.forEach(exchange -> {
                finish(exchange);
                router.failUnanswered(exchange, reading.failure());
            });
        } else if (reading.isEmpty() && !waiting.isEmpty()) {
            // Other requests are answered at once, while the connect is held.
            Exchange unanswered = waiting.getFirst();
            finish(unanswered);
            router.missing(unanswered, session.state().outstanding());
        } else if (heartbeat != null && !heartbeat.requests().getFirst().id().equals(session.state().outstanding())) {
            finish(heartbeat);
        }
    }

    /**
     * Whether a thread may wait for what these messages were. Most are deliveries, or replies to some of a batch while
     * others are to come: to wake the threads for each of them would cost more than all the rest.
     */
    private boolean isAwaited(List<IncomingMessage> messages, int waitingBefore) {
        for (IncomingMessage message : messages) {
            if (message.isMeta()) {
                return true;
            }
        }
        return pending.size() != waitingBefore && (sending == null || isAnswered(sending));
    }

    /** The connection of a full-duplex transport has ended: what it should still bring will not come. */
    void connectionEnded(Link.Connections ended, TransportException reason) {
        lock.lock();
        try {
            if (heartbeat != null && heartbeat.connections() == ended) {
                heartbeat.markLost(reason);
            }
            if (sending != null && sending.connections() == ended) {
                sending.markLost(reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread writes its batch to a socket that is open: no end of one before concerns it. */
    void writing(Link.Connections to) {
        lock.lock();
        try {
            for (Exchange exchange : new Exchange[]{heartbeat, sending}) {
                if (exchange != null && exchange.connections() == to && exchange.isCarriedHere()) {
                    exchange.written(to.arrivals().ends(), runtime.nanoTime());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what a response has delivered in whole messages before it broke off. */
    void receivedInPart(Link.Connections from, String text) {
        MessageReader.Reading reading = reader.read(text, connectionType()).asCutOff();
        List<IncomingMessage> messages = extensions
                .incoming(taken(reading).stream().filter(IncomingMessage::isDelivery).toList());
        lock.lock();
        try {
            boolean refusing = heartbeat != null && heartbeat.isRefusing() && intake.isPaused();
            if (from.isOpen() && !refusing) {
                router.route(messages, null);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all requests of an exchange over a full-duplex transport are answered; beyond the deadline while a frame
     * is arriving part by part.
     */
    void awaitPushed(Exchange exchange, long deadlineNs, Timeouts timeouts) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!exchange.isOver() && !isAnswered(exchange)) {
                TransportException lost = exchange.lost();
                if (lost != null) {
                    throw lost;
                }
                long untilNs = exchange.connections().arrivals().until(deadlineNs, timeouts);
                if (changed.awaitNanos(untilNs - runtime.nanoTime()) <= 0 && exchange.connections().arrivals()
                        .until(deadlineNs, timeouts) - runtime.nanoTime() <= 0) {
                    throw new TransportException(Problem.TIMED_OUT,
                            "No answer to the request on %s came over the WebSocket in time (replyTimeout is %d ms)."
                                    .formatted(exchange.requests().getFirst().channel(), timeouts.reply().toMillis()),
                            null);
                }
            }
            finish(exchange);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAnswered(Exchange exchange) {
        return exchange == heartbeat
                ? !exchange.requests().getFirst().id().equals(session.state().outstanding())
                : exchange.isNoneLeft(request -> request.kind() != Kind.CALL && pending.contains(request));
    }

    /** An extension did not let a message out. */
    void heldBack(Exchange exchange, ExtensionChain.HeldBack message) {
        lock.lock();
        try {
            if (!exchange.isOver()) {
                router.heldBack(exchange, message.id(), message.why());
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Takes the news that an exchange has failed. */
    void failed(Exchange exchange, BayeuxException failure) {
        lock.lock();
        try {
            if (!exchange.isOver()) {
                finish(exchange);
                if (isTooLongTogether(exchange, failure)) {
                    sendInHalves(exchange);
                } else {
                    router.failUnanswered(exchange, failure);
                }
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** The server processed nothing of the batch; in smaller batches it may accept all. */
    private static boolean isTooLongTogether(Exchange exchange, BayeuxException failure) {
        return exchange.requests().size() > 1 && failure instanceof TransportException refused
                && refused.messageTooLong();
    }

    private void sendInHalves(Exchange exchange) {
        // What an extension has held back is not waited for any more.
        List<Request> again = exchange.requests().stream().filter(pending::contains).toList();
        again.forEach(request -> {
            pending.remove(request);
            request.unstamp();
        });
        sendQueue.addHalves(again);
    }

    private void finish(Exchange exchange) {
        exchange.end();
        if (heartbeat == exchange) {
            heartbeat = null;
        }
        if (sending == exchange) {
            sending = null;
        }
    }

    /** Over a full-duplex transport the thread that waits for a handshake or connect must see that it is over. */
    private void endBeatAnsweredBy(IncomingMessage message) {
        if (heartbeat != null && heartbeat.requests().getFirst().id().equals(message.id()) && message.isMeta()) {
            finish(heartbeat);
        }
    }

    /** A handshake or connect whose reply is not awaited any more must not keep its thread. */
    void abandonHeartbeatUnless(@Nullable String awaitedId) {
        if (heartbeat != null && !heartbeat.requests().getFirst().id().equals(awaitedId)) {
            heartbeat.abandon();
        }
    }

    /** The batch under way belongs to a session that is gone. */
    void abandonSending() {
        if (sending != null) {
            sending.abandon();
            sending = null;
        }
    }

    boolean isSending() {
        return sending != null;
    }

    /** The thread that carried an exchange goes on to something else. */
    void leave(Exchange exchange) {
        lock.lock();
        try {
            exchange.leave();
            session.exchangeLeft();
        } finally {
            lock.unlock();
        }
    }

    private String connectionType() {
        lock.lock();
        try {
            return session.state().connectionType().orElse("");
        } finally {
            lock.unlock();
        }
    }
}
