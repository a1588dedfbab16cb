package dev.bayeux.core;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.session.SessionEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Connects, disconnects and closes a client, and waits until it is so. */
final class ClientLife {

    /** How long a handshake that was given up may still bring a session, which is then ended politely. */
    private static final Duration ABANDON_LINGER = Duration.ofSeconds(1);

    /** What closing may take beyond its timeout, once everything is told to end at once. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final Session session;
    private final Events events;
    private final @Nullable CoreOutbox outbox;
    private final Timeouts timeouts;
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

    ClientLife(Session session, Events events, @Nullable CoreOutbox outbox, Timeouts timeouts) {
        this.session = session;
        this.events = events;
        this.outbox = outbox;
        this.timeouts = timeouts;
    }

    void connect() throws InterruptedException {
        Timed timed = session.observer().connect();
        Throwable failure = null;
        try {
            makeSession();
        } catch (InterruptedException | RuntimeException failed) {
            failure = failed;
            throw failed;
        } finally {
            Timed.end(timed, failure);
        }
    }

    private void makeSession() throws InterruptedException {
        long deadlineNs = session.runtime().after(timeouts.connect());
        checkOpen();
        boolean started = false;
        // What was seen while waiting counts: a connection that is lost right after has still been made.
        AtomicBoolean connected = new AtomicBoolean();
        try {
            if (session.await(s -> s.isClosed() || !s.isEnding(), deadlineNs)) {
                started = session.wantSession();
                session.await(s -> {
                    connected.set(s.shown().isConnected());
                    return connected.get() || s.isClosed() || s.isOver();
                }, deadlineNs);
            }
            checkOpen();
            if (!connected.get()) {
                throw notConnected(session.isOver());
            }
        } finally {
            if (started && !connected.get()) {
                // Who called is told that there is no session: nothing goes on trying behind his back.
                session.happened(new SessionEvent.DisconnectWanted(ABANDON_LINGER.toNanos()));
            }
        }
    }

    private HandshakeException notConnected(boolean stopped) {
        BayeuxException last = session.shown().lastFailure().orElse(null);
        FailureKind kind = last == null ? FailureKind.TRANSIENT : last.kind();
        String what = stopped
                ? "Not connected."
                : "Not connected within %d ms (connectTimeout).".formatted(timeouts.connect().toMillis());
        return new HandshakeException(kind, last == null ? what : what + " " + last.getMessage(), last);
    }

    void disconnect() {
        long deadlineNs = session.runtime().after(timeouts.close());
        session.happened(new SessionEvent.DisconnectWanted(timeouts.close().toNanos()));
        Link link = session.lastLink();
        try {
            if (link != null && !isOnProtocolThread()) {
                link.awaitFinished(deadlineNs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program's code can be a supplier of headers or handshake fields, or an extension; waiting there would be in vain. */
    private boolean isOnProtocolThread() {
        Link link = session.lastLink();
        return link != null && link.isCurrent() || session.extensions().isCurrent() || session.sender().isCurrent();
    }

    /** Who is closing the client waits for the program's code on such a thread; it must not wait for him. */
    private boolean isOnThreadThatCloseWaitsFor() {
        return isOnProtocolThread() || session.subscriptions().isCurrent() || events.worker().isCurrent()
                || outbox != null && outbox.isCurrent();
    }

    void reconnect() throws InterruptedException {
        checkOpen();
        disconnect();
        connect();
    }

    void close() {
        long deadlineNs = session.runtime().after(timeouts.close());
        if (!session.markClosed()) {
            awaitOtherClose(deadlineNs);
            return;
        }
        try {
            if (outbox != null) {
                outbox.close();
            }
            disconnect();
            session.happened(new SessionEvent.Aborted());
            session.subscriptions().close(deadlineNs);
            awaitThreads(deadlineNs + LAST_WAIT.toNanos());
        } finally {
            closing.complete(null);
        }
    }

    private void awaitOtherClose(long deadlineNs) {
        try {
            if (!isOnThreadThatCloseWaitsFor()) {
                session.runtime().isComplete(closing, deadlineNs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThreads(long deadlineNs) {
        Link link = session.lastLink();
        try {
            if (link != null && !isOnProtocolThread() && !link.awaitFinished(deadlineNs)) {
                link.abort();
            }
            if (!session.sender().awaitIdle(deadlineNs)) {
                session.sender().interrupt();
            }
            if (outbox != null) {
                outbox.awaitEnd(deadlineNs);
            }
            if (!events.worker().awaitIdle(deadlineNs)) {
                events.worker().interrupt();
            }
        } catch (InterruptedException interrupted) {
            if (link != null) {
                link.abort();
            }
            session.sender().interrupt();
            if (outbox != null) {
                outbox.abort();
            }
            events.worker().interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses what only an open client can do. */
    void checkOpen() {
        if (session.isClosed()) {
            throw new ClientClosedException("The client is closed; closed is final, so build another one.");
        }
    }
}
