package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Subscriptions;
import dev.bayeux.core.delivery.Uplink;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import dev.bayeux.core.session.Transition;
import dev.bayeux.core.transport.CredentialsHolder;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of a client under one lock: takes what happens to the {@link SessionMachine} and carries out what it
 * decides. Nothing here waits for the network or runs the program's code; that is done by {@link Heartbeat}, by the
 * sender and by the subscriptions' own threads.
 */
final class Session implements Uplink {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private final ClientConfig config;
    private final String clientName;
    private final SessionMachine machine;
    private final CredentialsHolder credentials;
    private final LinkFactory links;
    private final MessageReader reader;
    private final Events events;
    private final Subscriptions subscriptions;
    private final Worker sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Outbox outbox;
    private final PendingReplies pending = new PendingReplies();
    private final ArrayDeque<SessionEvent> happening = new ArrayDeque<>();
    private final Set<Request> restoring = new HashSet<>();
    private SessionState state;
    private volatile ClientState shown;
    private @Nullable Link link;
    private @Nullable Link lastLink;
    private @Nullable Exchange heartbeat;
    private @Nullable Exchange sending;
    private long restoringSerial;
    private long lastId;
    private boolean applying;
    private boolean closed;

    Session(ClientConfig config, String clientName, SessionMachine machine, CredentialsHolder credentials,
            LinkFactory links, Json json, Payloads payloads, Events events) {
        this.config = config;
        this.clientName = clientName;
        this.machine = machine;
        this.credentials = credentials;
        this.links = links;
        this.reader = new MessageReader(json);
        this.events = events;
        this.outbox = new Outbox(config.limits().maxQueuedMessages(), config.limits().maxRequestBytes());
        this.subscriptions = new Subscriptions(clientName, lock, this, events, payloads);
        this.sender = new Worker("bayeux-" + clientName + "-send",
                new Sender(this, config.timeouts().reply())::sendAll);
        this.state = SessionState.initial(ThreadLocalRandom.current().nextLong(), System.nanoTime());
        this.shown = Snapshots.of(state, null, links::nameOf);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Worker sender() {
        return sender;
    }

    String clientName() {
        return clientName;
    }

    ClientConfig config() {
        return config;
    }

    ClientState shown() {
        return shown;
    }

    // Taking events

    /** Takes one event; what it leads to is done, or under way, when this returns. */
    void happened(SessionEvent event) {
        lock.lock();
        try {
            apply(event);
        } finally {
            lock.unlock();
        }
    }

    /** The thread that carried an exchange goes on to something else. */
    void leave(Exchange exchange) {
        lock.lock();
        try {
            exchange.leave();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock. An action may make another event happen: it waits for its turn. */
    private void apply(SessionEvent event) {
        happening.addLast(event);
        if (applying) {
            return;
        }
        applying = true;
        try {
            for (SessionEvent next = happening.poll(); next != null; next = happening.poll()) {
                if (next instanceof SessionEvent.ConnectWanted && state.isOver()) {
                    if (closed) {
                        continue;
                    }
                    open();
                }
                Transition transition = machine.step(state, next, System.nanoTime());
                state = transition.state();
                transition.actions().forEach(this::perform);
                abandonHeartbeatIfUnwanted();
                if (isEnding() && link != null) {
                    link.watchEnd();
                }
                show();
            }
        } finally {
            applying = false;
            changed.signalAll();
        }
    }

    private void open() {
        subscriptions.connecting();
        link = links.open(this);
    }

    /** A handshake or connect whose reply is not awaited any more must not keep its thread. */
    private void abandonHeartbeatIfUnwanted() {
        Exchange exchange = heartbeat;
        if (exchange != null && !exchange.requests().getFirst().id().equals(state.outstanding())) {
            exchange.abandon();
        }
    }

    private void show() {
        ClientState before = shown;
        ClientState now = Snapshots.of(state, before, links::nameOf);
        if (now != before) {
            shown = now;
            if (now.status() != before.status() || now.attempt() != before.attempt()) {
                events.tell(new ClientEvent.StateChanged(before, now));
            }
        }
    }

    private void perform(SessionAction action) {
        switch (action) {
            case SessionAction.SendHandshake handshake -> link().assign(handshake);
            case SessionAction.SendConnect connect -> {
                link().use(connect.connectionType());
                link().assign(connect);
            }
            case SessionAction.Restore restore -> restore(restore.serial());
            case SessionAction.SendDisconnect disconnect -> {
                outbox.add(List.of(Request.ofDisconnect()));
                sender.wake();
            }
            case SessionAction.EndUnwantedSession unwanted -> link().endUnwanted(unwanted);
            case SessionAction.FailSent failed -> failSent(failed.cause());
            case SessionAction.FailQueued failed -> outbox.takeAll().forEach(request -> {
                if (request.kind() == Kind.PUBLISH || request.kind() == Kind.CALL) {
                    request.reply().completeExceptionally(Outcomes.notSent(request, failed.cause()));
                }
            });
            case SessionAction.RenewCredentials renew -> credentials.refuse();
            case SessionAction.TellFailure failure -> events.tell(new ClientEvent.AttemptFailed(failure.failure()));
            case SessionAction.TellRenewed renewed -> events.tell(new ClientEvent.SessionRenewed());
            case SessionAction.End end -> {
                subscriptions.sessionEnded(this::whyDisconnected);
                lastLink = link();
                lastLink.end();
                link = null;
            }
        }
    }

    private Link link() {
        if (link == null) {
            throw new IllegalStateException("No link while " + state);
        }
        return link;
    }

    private void restore(long serial) {
        restoring.clear();
        restoring.addAll(subscriptions.restore());
        restoringSerial = serial;
        if (restoring.isEmpty()) {
            apply(new SessionEvent.Restored(serial));
        } else {
            outbox.addFirst(List.copyOf(restoring));
        }
        sender.wake();
    }

    private void failSent(BayeuxException cause) {
        restoring.clear();
        if (sending != null) {
            sending.abandon();
            sending = null;
        }
        for (Request request : pending.takeAll()) {
            if (request.kind() == Kind.PUBLISH || request.kind() == Kind.CALL) {
                request.reply().completeExceptionally(Outcomes.failed(request, cause));
            }
        }
        subscriptions.sessionLost();
    }

    // What the program wants

    /** Marks the client as closed: no connect succeeds from now on. */
    boolean markClosed() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues requests that shall leave together.
     *
     * @throws DisconnectedException if there is no session and none is being made
     * @return whether there was room
     */
    boolean submit(List<Request> requests) {
        lock.lock();
        try {
            if (state.gate() == Gate.REFUSE) {
                throw whyDisconnected();
            }
            if (!outbox.hasRoomFor(requests.size())) {
                return false;
            }
            outbox.add(requests);
            if (state.gate() == Gate.OPEN && sending == null) {
                sender.wake();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a request that was not sent yet. */
    boolean withdraw(Request request) {
        lock.lock();
        try {
            return outbox.withdraw(request);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a request that nobody waits for any more. */
    void forget(Request request) {
        lock.lock();
        try {
            pending.remove(request);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        return state.gate() == Gate.OPEN;
    }

    @Override
    public void send(Request request) {
        outbox.add(List.of(request));
        sender.wake();
    }

    DisconnectedException whyDisconnected() {
        BayeuxException reason = state.lastFailure().orElse(null);
        if (reason instanceof DisconnectedException known) {
            return new DisconnectedException(known.kind(), known.getMessage(), known.getCause());
        }
        return reason == null
                ? new DisconnectedException(FailureKind.TRANSIENT, "The client is disconnected; connect() connects it.",
                        null)
                : new DisconnectedException(reason.kind(), "The client has stopped: " + reason.getMessage(), reason);
    }

    @Override
    public void checkWanted() {
        lock.lock();
        try {
            if (state.gate() == Gate.REFUSE) {
                throw whyDisconnected();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isReady() {
        lock.lock();
        try {
            return shown.isConnected() && subscriptions.allActive();
        } finally {
            lock.unlock();
        }
    }

    private String connectionType() {
        lock.lock();
        try {
            return state.connectionType().orElse("");
        } finally {
            lock.unlock();
        }
    }

    Optional<String> clientId() {
        lock.lock();
        try {
            return state.clientId();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a condition on this session holds; {@code false} if the deadline has passed. */
    boolean await(Predicate<Session> condition, long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.test(this)) {
                long left = deadlineNs - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the link that is open or was the last to be, {@code null} if there was none} */
    @Nullable
    Link lastLink() {
        lock.lock();
        try {
            return link == null ? lastLink : link;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether neither a session nor the end of one is under way} */
    boolean isOver() {
        lock.lock();
        try {
            return state.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the end of a session, or of an attempt, is under way} */
    boolean isEnding() {
        lock.lock();
        try {
            return state.gate() == Gate.REFUSE && !state.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the time at which something is due} */
    long wakeAtNs() {
        lock.lock();
        try {
            return state.wakeAtNs();
        } finally {
            lock.unlock();
        }
    }

    // What the heartbeat does

    /** Waits for the next handshake or connect; {@code null} when the link has ended. */
    SessionAction nextBeat(Link beating) throws InterruptedException {
        lock.lock();
        try {
            while (!beating.isEnded()) {
                SessionAction assigned = beating.takeAssigned();
                if (assigned != null) {
                    return assigned;
                }
                long left = state.wakeAtNs() - System.nanoTime();
                if (state.wakeAtNs() == Long.MAX_VALUE) {
                    changed.await();
                } else if (left > 0) {
                    changed.awaitNanos(left);
                } else {
                    apply(new SessionEvent.TimeReached());
                }
            }
            return new SessionAction.End();
        } finally {
            lock.unlock();
        }
    }

    /** A handshake or connect is about to be sent; {@code null} if it is not wanted any more. */
    @Nullable
    Exchange beginBeat(Kind kind, String id, String connectionType) {
        lock.lock();
        try {
            if (!id.equals(state.outstanding())) {
                return null;
            }
            heartbeat = new Exchange(List.of(Request.ofSession(kind, id)), link(), connectionType,
                    state.clientId().orElse(null));
            return heartbeat;
        } finally {
            lock.unlock();
        }
    }

    // What the sender does

    /** Takes what waits, stamped with ids and known as sent (C-55); {@code null} if nothing can be sent now. */
    @Nullable
    Exchange beginSending() {
        lock.lock();
        try {
            boolean disconnecting = state.gate() == Gate.REFUSE && state.hasSession();
            if (outbox.isEmpty() || state.gate() != Gate.OPEN && !disconnecting) {
                return null;
            }
            List<Request> requests = outbox.next();
            for (Request request : requests) {
                request.stamp(Long.toString(++lastId));
                pending.add(request);
            }
            sending = new Exchange(requests, link(), state.connectionType().orElseThrow(),
                    state.clientId().orElse(null));
            return sending;
        } finally {
            lock.unlock();
        }
    }

    // What the transports bring

    /** Takes the answer to an exchange. */
    void answered(Exchange exchange, String text) {
        MessageReader.Reading reading = reader.read(text, exchange.connectionType());
        lock.lock();
        try {
            if (exchange.isOver()) {
                return;
            }
            finish(exchange);
            receive(reading.messages(), exchange);
            if (reading.failure() != null) {
                failUnanswered(exchange, reading.failure());
            } else {
                missing(exchange);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what a full-duplex transport brings. */
    void pushed(String text) {
        MessageReader.Reading reading = reader.read(text, connectionType());
        lock.lock();
        try {
            receive(reading.messages(), null);
            if (reading.failure() != null && !text.isBlank()) {
                events.tell(new ClientEvent.MessageIgnored(reading.failure()));
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** The connection of a full-duplex transport has ended: what it should still bring will not come. */
    void connectionEnded(TransportException reason) {
        lock.lock();
        try {
            if (heartbeat != null) {
                heartbeat.markLost(reason);
            }
            if (sending != null) {
                sending.markLost(reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all requests of an exchange over a full-duplex transport are answered. */
    void awaitPushed(Exchange exchange, long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!exchange.isOver() && !isAnswered(exchange)) {
                TransportException lost = exchange.lost();
                if (lost != null) {
                    throw lost;
                }
                if (changed.awaitNanos(deadlineNs - System.nanoTime()) <= 0) {
                    throw new TransportException(Problem.TIMED_OUT, "No answer came in time.", null);
                }
            }
            finish(exchange);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAnswered(Exchange exchange) {
        return exchange == heartbeat
                ? !exchange.requests().getFirst().id().equals(state.outstanding())
                : exchange.requests().stream()
                        .noneMatch(request -> request.kind() != Kind.CALL && pending.contains(request));
    }

    /** Takes the news that an exchange has failed. */
    void failed(Exchange exchange, BayeuxException failure) {
        lock.lock();
        try {
            if (!exchange.isOver()) {
                finish(exchange);
                failUnanswered(exchange, failure);
            }
        } finally {
            lock.unlock();
        }
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

    private void failUnanswered(Exchange exchange, BayeuxException failure) {
        for (Request request : exchange.requests()) {
            switch (request.kind()) {
                case HANDSHAKE, CONNECT -> apply(new SessionEvent.Lost(request.id(), failure));
                default -> {
                    if (pending.contains(request)) {
                        pending.remove(request);
                        failOne(request, failure);
                    }
                }
            }
        }
    }

    private void failOne(Request request, BayeuxException failure) {
        switch (request.kind()) {
            case SUBSCRIBE -> {
                if (restoring.contains(request)) {
                    restoring.clear();
                    apply(new SessionEvent.RestoringFailed(restoringSerial, failure));
                } else {
                    subscriptions.refused(request, failure);
                }
            }
            case DISCONNECT -> apply(new SessionEvent.DisconnectEnded());
            case PUBLISH, CALL -> request.reply().completeExceptionally(Outcomes.failed(request, failure));
            case UNSUBSCRIBE, HANDSHAKE, CONNECT -> {
                // An unsubscribe stands whatever became of it (C-70); the others are not kept here.
            }
        }
    }

    /** C-46: the response is here and some requests have no reply in it. */
    private void missing(Exchange exchange) {
        for (Request request : exchange.requests()) {
            switch (request.kind()) {
                case HANDSHAKE, CONNECT -> apply(new SessionEvent.Lost(request.id(), noReply(request)));
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

    private void receive(List<IncomingMessage> messages, @Nullable Exchange exchange) {
        int deliveries = 0;
        for (IncomingMessage message : messages) {
            deliveries += message.isDelivery() ? 1 : 0;
        }
        for (IncomingMessage message : messages) {
            receiveOne(message, exchange, deliveries);
        }
        if (deliveries > 0) {
            subscriptions.tellDropped();
            apply(new SessionEvent.Delivered(deliveries));
        }
    }

    private void receiveOne(IncomingMessage message, @Nullable Exchange exchange, int deliveries) {
        String channel = message.channel();
        if (channel == null) {
            withoutChannel(message, exchange);
        } else if (message.isMeta()) {
            receiveMeta(channel, withId(message, exchange), exchange, deliveries);
        } else if (message.isDelivery()) {
            deliver(message, exchange);
        } else if (message.successful() != null) {
            Request request = pending.takeFor(message, exchange);
            if (request != null) {
                publishAnswered(request, message);
            }
            advised(message);
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

    private void receiveMeta(String channel, IncomingMessage message, @Nullable Exchange exchange, int deliveries) {
        if (heartbeat != null && heartbeat.requests().getFirst().id().equals(message.id())) {
            // Over a full-duplex transport: the thread that waits for it sees that it is over.
            finish(heartbeat);
        }
        switch (channel) {
            case Fields.HANDSHAKE -> apply(new SessionEvent.HandshakeAnswered(message));
            case Fields.CONNECT -> apply(new SessionEvent.ConnectAnswered(message, deliveries));
            case Fields.DISCONNECT -> {
                if (pending.takeFor(message, exchange) != null) {
                    apply(new SessionEvent.DisconnectEnded());
                } else {
                    apply(new SessionEvent.ServerDisconnected(message));
                }
            }
            case Fields.SUBSCRIBE -> {
                Request request = pending.takeFor(message, exchange);
                if (request != null) {
                    subscribeAnswered(request, message);
                }
                advised(message);
            }
            case Fields.UNSUBSCRIBE -> {
                pending.takeFor(message, exchange);
                advised(message);
            }
            default -> ignore("a message on %s, which is no channel of the protocol".formatted(
                    channel.length() > 80 ? channel.substring(0, 80) + "..." : channel));
        }
    }

    private void subscribeAnswered(Request request, IncomingMessage reply) {
        if (reply.isSuccessful()) {
            subscriptions.accepted(request);
        } else {
            subscriptions.refused(request, refusal(reply));
        }
        if (restoring.remove(request) && restoring.isEmpty()) {
            apply(new SessionEvent.Restored(restoringSerial));
        }
        changed.signalAll();
    }

    private BayeuxException refusal(IncomingMessage reply) {
        return Refusal.of(reply, state.clientId().orElse(""));
    }

    private void publishAnswered(Request request, IncomingMessage reply) {
        if (!reply.isSuccessful()) {
            request.reply().completeExceptionally(Outcomes.refused(request, Refusal.of(reply,
                    state.clientId().orElse(""))));
        } else if (request.kind() == Kind.CALL) {
            // The server has taken the request; its answer is still to come (C-60).
            pending.add(request);
        } else {
            request.reply().complete(reply);
        }
    }

    private void deliver(IncomingMessage message, @Nullable Exchange exchange) {
        advised(message);
        Request call = pending.takeCallFor(message);
        if (call != null) {
            call.reply().complete(message);
        } else if (message.successful() != null || isServiceAnswer(message)) {
            Request request = pending.takeFor(message, exchange);
            if (request != null) {
                request.reply().complete(message);
            }
        }
        subscriptions.dispatch(message);
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
                case HANDSHAKE -> apply(new SessionEvent.HandshakeAnswered(reply));
                case CONNECT -> apply(new SessionEvent.ConnectAnswered(reply, 0));
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

    private void advised(IncomingMessage message) {
        if (message.advice() != null) {
            apply(new SessionEvent.Advised(message));
        }
    }

    private void ignore(String what) {
        LOG.log(System.Logger.Level.DEBUG, () -> "%s: the server sent %s".formatted(clientName, what));
        events.tell(new ClientEvent.MessageIgnored(new MalformedMessageException(
                "The server sent %s; it is ignored.".formatted(what), null)));
    }
}
