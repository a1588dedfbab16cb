package dev.bayeux.core;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.call.StateHistory;
import dev.bayeux.core.call.Waiters.Call;
import dev.bayeux.core.call.Waiters.Obstacle;
import dev.bayeux.core.delivery.Subscribers;
import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.exchange.OpenClient;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.outbox.CoreOutbox;
import dev.bayeux.core.protocol.ClientView;
import dev.bayeux.core.protocol.Input;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Connects, disconnects and closes a client, and waits for the result. */
final class ClientLifecycle {

    /** How long an abandoned handshake may still bring a session, which the client then disconnects. */
    private static final Duration ABANDON_LINGER = Duration.ofSeconds(1);

    /** How much longer than its timeout closing may take, after everything was interrupted. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final ClientContext client;
    private final Subscribers subscribers;
    private final Connections connections;
    private final ClientThreads threads;
    private final @Nullable CoreOutbox outbox;
    private final Timeouts timeouts;
    private final ReentrantLock attempts;
    /** The connect calls that wait for an attempt that one of them has started. Guarded by {@code attempts}. */
    private final Set<Attempt> waiting = new HashSet<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

    ClientLifecycle(ClientContext client, Subscribers subscribers, Connections connections, ClientThreads threads,
            @Nullable CoreOutbox outbox) {
        this.client = client;
        this.subscribers = subscribers;
        this.connections = connections;
        this.threads = threads;
        this.outbox = outbox;
        this.timeouts = client.config().timeouts();
        this.attempts = client.runtime().newLock();
    }

    void connect() throws InterruptedException {
        long deadlineNs = connectBy();
        untilEnded(deadlineNs).await();
        beginConnect(deadlineNs).make();
    }

    /** {@return the deadline of a connect call that begins now} */
    long connectBy() {
        return client.runtime().after(timeouts.connectCall());
    }

    /** Waits until an ending session is over before it asks for the next one. */
    Obstacle untilEnded(long deadlineNs) {
        return new Obstacle() {
            @Override
            public boolean isGone() {
                return client.loop().look(ClientLifecycle::isEnded);
            }

            @Override
            public void await() throws InterruptedException {
                client.loop().await(ClientLifecycle::isEnded, deadlineNs);
            }
        };
    }

    private static boolean isEnded(ClientView view) {
        return view.isClosed() || !view.session().isEnding();
    }

    /** Waits until an ending session is over and its connection is closed, before a reconnect asks for the next session. */
    Obstacle untilFinished(long deadlineNs) {
        Obstacle ending = untilEnded(deadlineNs);
        long finishedByNs = client.runtime().after(timeouts.close());
        return () -> {
            OpenClient open = connections.last();
            if (open != null) {
                open.awaitClosed(finishedByNs);
            }
            ending.await();
        };
    }

    /** Asks for a session; the returned part waits for it. */
    Call<@Nullable Void> beginConnect(long deadlineNs) {
        Timed timed = client.observer().connect();
        try {
            client.loop().checkOpen();
        } catch (ClientClosedException closed) {
            Timed.end(timed, closed);
            throw closed;
        }
        Attempt attempt = new Attempt();
        return () -> {
            Throwable failure = null;
            try {
                return awaitSession(attempt, deadlineNs);
            } catch (InterruptedException | RuntimeException failed) {
                failure = failed;
                throw failed;
            } finally {
                Timed.end(timed, failure);
            }
        };
    }

    /** A connect call, and the states that follow it. */
    private final class Attempt {

        private final StateHistory before = client.state().last();
        private volatile boolean ended;

        Attempt() {
            attempts.lock();
            try {
                boolean starts = client.loop().ask(new Input.Connect());
                if (starts) {
                    waiting.clear();
                }
                if (starts || !waiting.isEmpty()) {
                    waiting.add(this);
                }
            } finally {
                attempts.unlock();
            }
        }

        /**
         * Ends the call. The last call that returns without a session ends the attempt; after a success the client continues.
         */
        void end(boolean connected) {
            attempts.lock();
            try {
                boolean last = waiting.remove(this) && waiting.isEmpty();
                if (connected) {
                    waiting.clear();
                } else if (last) {
                    client.loop().accept(new Input.Disconnect(ABANDON_LINGER.toNanos()));
                }
            } finally {
                attempts.unlock();
            }
        }

        /** Whether the session has ended since, perhaps for a later attempt. */
        boolean hasEnded() {
            return ended;
        }

        boolean isDecided(ClientView view) {
            if (view.session().isOver()) {
                ended = true;
            }
            return hasConnected() || view.isClosed() || ended;
        }

        /** Whether the client has been connected since, even for an instant. */
        boolean hasConnected() {
            return before.hasConnected();
        }
    }

    private @Nullable Void awaitSession(Attempt attempt, long deadlineNs) throws InterruptedException {
        boolean connected = false;
        try {
            client.loop().await(attempt::isDecided, deadlineNs);
            // The client was connected, even if it lost the connection right after.
            connected = attempt.hasConnected();
            client.loop().checkOpen();
            if (!connected) {
                throw notConnected(attempt.hasEnded());
            }
            return null;
        } finally {
            attempt.end(connected);
        }
    }

    private HandshakeException notConnected(boolean stopped) {
        BayeuxException last = client.state().now().lastFailure().orElse(null);
        FailureKind kind = last == null ? FailureKind.TRANSIENT : last.kind();
        String what = stopped
                ? "Not connected."
                : "Not connected within %d ms (connectCallTimeout).".formatted(timeouts.connectCall().toMillis());
        return new HandshakeException(kind, what + " " + (last == null ? silence() : last.getMessage()), last);
    }

    private String silence() {
        return client.state().now().endpoint()
                .map(server -> "%s has not answered yet. Does it run there, and is it not too busy?".formatted(server))
                .orElse("No attempt has failed.");
    }

    void disconnect() {
        await(beginDisconnect());
    }

    /** An interrupt ends the wait and stays set. */
    private static void await(Call<@Nullable Void> rest) {
        try {
            rest.make();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the session; the returned part waits until it is over. */
    Call<@Nullable Void> beginDisconnect() {
        long deadlineNs = client.runtime().after(timeouts.close());
        client.loop().accept(new Input.Disconnect(timeouts.close().toNanos()));
        OpenClient open = connections.last();
        return () -> {
            // The program's code on such a thread, such as a header source, would wait for itself.
            if (open != null && !threads.isProtocol()) {
                open.awaitClosed(deadlineNs);
            }
            return null;
        };
    }

    void reconnect() throws InterruptedException {
        client.loop().checkOpen();
        disconnect();
        connect();
    }

    Call<@Nullable Void> beginReconnect() {
        client.loop().checkOpen();
        beginDisconnect();
        return () -> null;
    }

    void close() {
        await(beginClose());
    }

    /** Closes the client for all other calls; the returned part waits until everything has ended. */
    Call<@Nullable Void> beginClose() {
        long deadlineNs = client.runtime().after(timeouts.close());
        if (closed.getAndSet(true)) {
            return () -> {
                awaitOtherClose(deadlineNs);
                return null;
            };
        }
        client.loop().accept(new Input.Close());
        if (outbox != null) {
            outbox.close();
        }
        Call<@Nullable Void> disconnect = beginDisconnect();
        return () -> {
            try {
                await(disconnect);
                client.loop().accept(new Input.Abort());
                subscribers.close(deadlineNs);
                threads.joinAll(deadlineNs + LAST_WAIT.toNanos());
            } finally {
                closing.complete(null);
            }
            return null;
        };
    }

    private void awaitOtherClose(long deadlineNs) {
        try {
            // The other call waits for this thread, so this thread must not wait for that call.
            if (!threads.isOurs() && !subscribers.isCurrent()) {
                client.runtime().isComplete(closing, deadlineNs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
