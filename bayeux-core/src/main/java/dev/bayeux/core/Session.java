package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Replay;
import dev.bayeux.core.delivery.Subscriptions;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.observe.Observer;
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
final class Session implements Exchanges.View {

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
    private final Outgoing outgoing;
    private final Pacing pacing;
    private final Exchanges exchanges;
    private final ConnectionRenewal renewal;
    private final Worker sender;

    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<SessionEvent> happening = new ArrayDeque<>();
    private final Snapshots snapshots;
    private SessionState state;
    private volatile ClientState shown;
    private @Nullable Link link;
    private @Nullable Link lastLink;
    private boolean applying;
    private volatile boolean closed;

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
        SendQueue sendQueue = new SendQueue(config.limits().maxQueuedMessages(), config.limits().maxRequestBytes());
        PendingReplies pending = new PendingReplies();
        Restoration restoration = new Restoration();
        this.outgoing = new Outgoing(lock, changed, this::state, this::wakeSender, sendQueue, pending, restoration);
        this.subscriptions = new Subscriptions(runtime, clientName, lock, outgoing, events, payloads,
                new Replay(runtime, lock, json, payloads, events, config.positions(), config.onInvalidPosition()));
        this.pacing = new Pacing(runtime, lock, changed, this::state, this::apply,
                new Pause(subscriptions.intake(), subscriptions.onWire()::comesAgain, config.timeouts().pause()));
        MessageRouter router = new MessageRouter(pending, restoration, subscriptions, events, this::apply,
                () -> state().clientId().orElse(""));
        this.exchanges = new Exchanges(runtime, lock, changed, this,
                new MessageReader(json, config.limits().maxReplyMessages()), extensions, router,
                sendQueue, pending, subscriptions.intake(), events);
        this.renewal = new ConnectionRenewal(exchanges, this);
        this.sender = new Worker(runtime, "bayeux-" + clientName + "-send",
                new Sender(exchanges, config.timeouts().reply())::sendAll);
        this.state = SessionState.initial(runtime.seed(), runtime.nanoTime());
        this.snapshots = new Snapshots(links, runtime);
        this.shown = snapshots.of(state);
    }

    ClientRuntime runtime() {
        return runtime;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Observer observer() {
        return events.observer();
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Pacing pacing() {
        return pacing;
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
        boolean changes = false;
        try {
            for (SessionEvent next = happening.poll(); next != null; next = happening.poll()) {
                if (next instanceof SessionEvent.ConnectWanted && state.isOver()) {
                    if (closed) {
                        continue;
                    }
                    open();
                }
                boolean rested = state.isResting();
                Transition transition = machine.step(state, next, runtime.nanoTime());
                if (transition.state() == state && transition.actions().isEmpty()) {
                    // As with each delivery: no thread need look again for what it waits for.
                    continue;
                }
                changes = true;
                news.changed(state, transition);
                state = transition.state();
                transition.actions().forEach(this::perform);
                exchanges.abandonHeartbeatUnless(state.outstanding());
                if (rested && state.gate() == Gate.OPEN) {
                    wakeSender();
                }
                if (isEnding() && link != null) {
                    link.watchEnd();
                }
                show();
            }
        } finally {
            applying = false;
            if (changes) {
                changed.signalAll();
            }
        }
    }

    private void open() {
        news.connecting();
        subscriptions.connecting();
        link = links.open(this);
        link.watchClock(runtime.onSleep(() -> happened(new SessionEvent.ConnectionDoubted())));
    }

    private void show() {
        ClientState before = shown;
        ClientState now = snapshots.of(state);
        if (now != before) {
            shown = now;
            if (now.status() != before.status() || now.attempt() != before.attempt()) {
                events.tell(new ClientEvent.StateChanged(before, now));
            }
        }
    }

    private void perform(SessionAction action) {
        switch (action) {
            case SessionAction.SendHandshake handshake -> {
                goTo(handshake.endpoint());
                link().assign(handshake);
            }
            case SessionAction.SendConnect connect -> {
                link().use(connect.connectionType());
                link().assign(connect);
            }
            case SessionAction.Restore restore -> restore(restore.serial());
            case SessionAction.RenewConnections renew -> renewal.renew();
            case SessionAction.SendDisconnect disconnect -> outgoing.send(Request.ofDisconnect());
            case SessionAction.EndUnwantedSession unwanted -> link().endUnwanted(unwanted);
            case SessionAction.FailSent failed -> {
                exchanges.abandonSending();
                outgoing.failSent(failed.cause());
                subscriptions.onWire().sessionLost();
            }
            case SessionAction.FailQueued failed -> outgoing.failQueued(failed.cause());
            case SessionAction.RenewCredentials renew -> {
                credentials.refuse();
                link().forgetCookies();
            }
            case SessionAction.TellFailure failure -> events.tell(new ClientEvent.AttemptFailed(failure.failure()));
            case SessionAction.TellWait told -> events.tell(new ClientEvent.ServerAskedToWait(told.duration()));
            case SessionAction.TellRenewed renewed -> events.tell(new ClientEvent.SessionRenewed());
            case SessionAction.End end -> {
                subscriptions.sessionEnded(Outcomes.over(closed, state.lastFailure().orElse(null)));
                lastLink = link();
                lastLink.end(closed ? Optional.empty() : state.lastFailure());
                link = null;
            }
        }
    }

    private void goTo(int endpoint) {
        Integer before = link().goTo(endpoint);
        if (before != null) {
            events.tell(new ClientEvent.EndpointChanged(config.endpoints().get(before),
                    config.endpoints().get(endpoint)));
        }
    }

    @Override
    public void exchangeLeft() {
        renewal.exchangeLeft();
    }

    @Override
    public SessionState state() {
        return state;
    }

    @Override
    public Link link() {
        if (link == null) {
            throw new IllegalStateException("No link while " + state);
        }
        return link;
    }

    private void restore(long serial) {
        if (!outgoing.restore(serial, subscriptions.onWire().restore())) {
            apply(new SessionEvent.Restored(serial));
        }
    }

    /** One that is sending looks into the queue by itself, before it ends. */
    private void wakeSender() {
        if (!exchanges.isSending()) {
            sender.wake();
        }
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

    // Looking and waiting

    boolean isClosed() {
        // Asked for each message that is published: without the lock.
        return closed;
    }

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    boolean isReady() {
        return locked(() -> shown.isConnected() && subscriptions.onWire().allActive());
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
        return locked(() -> state.isEnding());
    }

    /** {@return the time at which something is due} */
    long wakeAtNs() {
        return locked(() -> state.wakeAtNs());
    }
}
