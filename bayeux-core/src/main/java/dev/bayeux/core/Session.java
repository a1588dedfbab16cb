package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Replay;
import dev.bayeux.core.delivery.Subscriptions;
import dev.bayeux.core.delivery.Uplink;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import dev.bayeux.core.session.Transition;
import dev.bayeux.core.transport.CredentialsHolder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of a client under one lock: takes what happens to the {@link SessionMachine} and carries out what it
 * decides. Nothing here waits for the network or runs the program's code; that is done by {@link Heartbeat}, by the
 * sender and by the subscriptions' own threads.
 */
final class Session implements Uplink {

    private final ClientRuntime runtime;
    private final ClientConfig config;
    private final String clientName;
    private final SessionMachine machine;
    private final CredentialsHolder credentials;
    private final LinkFactory links;
    private final Events events;
    private final ExtensionChain extensions;
    private final SessionNews news;
    private final Subscriptions subscriptions;
    private final Pause pause;
    private final Exchanges exchanges;
    private final Worker sender;

    private final ReentrantLock lock;
    private final Condition changed;
    private final SendQueue sendQueue;
    private final PendingReplies pending = new PendingReplies();
    private final Restoration restoration = new Restoration();
    private final ArrayDeque<SessionEvent> happening = new ArrayDeque<>();
    private SessionState state;
    private volatile ClientState shown;
    private @Nullable Link link;
    private @Nullable Link lastLink;
    private boolean applying;
    private boolean closed;

    Session(ClientRuntime runtime, ClientConfig config, String clientName, SessionMachine machine,
            CredentialsHolder credentials,
            LinkFactory links, Json json, Payloads payloads, Events events, ExtensionChain extensions) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.config = config;
        this.clientName = clientName;
        this.machine = machine;
        this.credentials = credentials;
        this.links = links;
        this.events = events;
        this.extensions = extensions;
        this.news = new SessionNews(extensions);
        this.sendQueue = new SendQueue(config.limits().maxQueuedMessages(), config.limits().maxRequestBytes());
        this.subscriptions = new Subscriptions(runtime, clientName, lock, this, events, payloads,
                new Replay(runtime, lock, json, payloads, events, config.positions(), config.onInvalidPosition()));
        this.pause = new Pause(subscriptions.intake(), subscriptions::comesAgain, config.timeouts().pause());
        MessageRouter router = new MessageRouter(pending, restoration, subscriptions, events, this::apply,
                () -> state.clientId().orElse(""));
        this.exchanges = new Exchanges(runtime, lock, changed, view(), new MessageReader(json), extensions, router,
                sendQueue, pending, subscriptions.intake(),
                events);
        this.sender = new Worker(runtime, "bayeux-" + clientName + "-send",
                new Sender(exchanges, config.timeouts().reply())::sendAll);
        this.state = SessionState.initial(runtime.seed(), runtime.nanoTime());
        this.shown = Snapshots.of(state, null, links::nameOf, runtime);
    }

    ClientRuntime runtime() {
        return runtime;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    ExtensionChain extensions() {
        return extensions;
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
                Transition transition = machine.step(state, next, runtime.nanoTime());
                news.changed(state, transition);
                state = transition.state();
                transition.actions().forEach(this::perform);
                exchanges.abandonHeartbeatUnless(state.outstanding());
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
        news.connecting();
        subscriptions.connecting();
        link = links.open(this);
    }

    private void show() {
        ClientState before = shown;
        ClientState now = Snapshots.of(state, before, links::nameOf, runtime);
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
                sendQueue.add(List.of(Request.ofDisconnect()));
                sender.wake();
            }
            case SessionAction.EndUnwantedSession unwanted -> link().endUnwanted(unwanted);
            case SessionAction.FailSent failed -> failSent(failed.cause());
            case SessionAction.FailQueued failed -> sendQueue.takeAll().forEach(request -> {
                if (request.kind() == Kind.PUBLISH || request.kind() == Kind.CALL) {
                    request.reply().completeExceptionally(Outcomes.notSent(request, failed.cause()));
                }
            });
            case SessionAction.RenewCredentials renew -> credentials.refuse();
            case SessionAction.TellFailure failure -> events.tell(new ClientEvent.AttemptFailed(failure.failure()));
            case SessionAction.TellRenewed renewed -> events.tell(new ClientEvent.SessionRenewed());
            case SessionAction.End end -> {
                subscriptions.sessionEnded(whyOver());
                lastLink = link();
                lastLink.end();
                link = null;
            }
        }
    }

    private Exchanges.View view() {
        return new Exchanges.View() {
            @Override
            public SessionState state() {
                return state;
            }

            @Override
            public Link link() {
                return Session.this.link();
            }
        };
    }

    private Link link() {
        if (link == null) {
            throw new IllegalStateException("No link while " + state);
        }
        return link;
    }

    private void restore(long serial) {
        List<Request> requests = subscriptions.restore();
        restoration.begin(serial, requests);
        // Also if there is none: what waits since the last session may be for subscriptions that are closed by now.
        sendQueue.addFirst(requests);
        if (requests.isEmpty()) {
            apply(new SessionEvent.Restored(serial));
        }
        sender.wake();
    }

    private void failSent(BayeuxException cause) {
        restoration.giveUp();
        exchanges.abandonSending();
        for (Request request : pending.takeAll()) {
            if (request.kind() == Kind.PUBLISH || request.kind() == Kind.CALL) {
                request.reply().completeExceptionally(Outcomes.failed(request, cause));
            }
        }
        subscriptions.sessionLost();
    }

    // What the program wants

    /** Wants a session; whether it is this call that starts an attempt. */
    boolean wantSession() {
        lock.lock();
        try {
            boolean starting = state.isOver() && !closed;
            apply(new SessionEvent.ConnectWanted());
            return starting;
        } finally {
            lock.unlock();
        }
    }

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
        return locked(() -> closed);
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
            if (!sendQueue.hasRoomFor(requests.size())) {
                return false;
            }
            sendQueue.add(requests);
            if (state.gate() == Gate.OPEN && !exchanges.isSending()) {
                sender.wake();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a request that was not sent yet. */
    boolean withdraw(Request request) {
        return locked(() -> {
            changed.signalAll();
            return sendQueue.withdraw(request);
        });
    }

    /** Forgets a request that nobody waits for any more. */
    void forget(Request request) {
        lock.lock();
        try {
            pending.remove(request);
            changed.signalAll();
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
        sendQueue.add(List.of(request));
        sender.wake();
    }

    @Override
    public void subscriptionsChanged() {
        changed.signalAll();
    }

    /** Something that the program had asked to be sent is off its hands. */
    void settled() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing that the program has published waits to be sent or to be answered. */
    boolean isSettled() {
        return locked(() -> !sendQueue.hasPublishes() && !pending.hasPublishes());
    }

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
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

    /** Makes what waiting threads get now that the session is over, each with a stack of its own. */
    private Supplier<BayeuxException> whyOver() {
        if (closed) {
            return () -> new ClientClosedException("The client was closed.");
        }
        DisconnectedException why = whyDisconnected();
        return () -> new DisconnectedException(why.kind(), why.getMessage(), why.getCause());
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
        return locked(() -> shown.isConnected() && subscriptions.allActive());
    }

    Optional<String> clientId() {
        return locked(() -> state.clientId());
    }

    /** Waits until a condition on this session holds; {@code false} if the deadline has passed. */
    boolean await(Predicate<Session> condition, long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.test(this)) {
                long left = deadlineNs - runtime.nanoTime();
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
        return locked(() -> link == null ? lastLink : link);
    }

    /** {@return what the client offers in a handshake: all it has but what has proved unusable (C-128)} */
    List<String> usableConnectionTypes() {
        return locked(() -> links.connectionTypes().stream().filter(state::isUsable).toList());
    }

    /** {@return whether neither a session nor the end of one is under way} */
    boolean isOver() {
        return locked(() -> state.isOver());
    }

    /** {@return whether the end of a session, or of an attempt, is under way} */
    boolean isEnding() {
        return locked(() -> state.gate() == Gate.REFUSE && !state.isOver());
    }

    /** {@return the time at which something is due} */
    long wakeAtNs() {
        return locked(() -> state.wakeAtNs());
    }

    // What the heartbeat does

    /** Waits for the next handshake or connect; {@code null} when the link has ended. */
    SessionAction nextBeat(Link beating) throws InterruptedException {
        lock.lock();
        try {
            while (!beating.isEnded()) {
                SessionAction assigned = beating.assigned();
                if (assigned instanceof SessionAction.SendConnect held && isEnding()) {
                    // It was not sent, and there is no use in it any more.
                    beating.takeAssigned();
                    apply(new SessionEvent.Lost(held.id(),
                            new TransportException(Problem.CLOSED, "The client is disconnecting.", null)));
                } else if (assigned != null) {
                    long pauseNs = pause.left(assigned, beating.assignedAtNs(), state, runtime.nanoTime());
                    if (pauseNs <= 0) {
                        beating.takeAssigned();
                        return assigned;
                    }
                    changed.awaitNanos(pauseNs);
                } else if (state.wakeAtNs() == Long.MAX_VALUE) {
                    changed.await();
                } else if (state.wakeAtNs() > runtime.nanoTime()) {
                    changed.awaitNanos(state.wakeAtNs() - runtime.nanoTime());
                } else {
                    apply(new SessionEvent.TimeReached());
                }
            }
            return new SessionAction.End();
        } finally {
            lock.unlock();
        }
    }
}
