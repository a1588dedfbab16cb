package dev.bayeux.core;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.Waiters.Call;
import dev.bayeux.core.Waiters.Obstacle;
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
        long deadlineNs = connectBy();
        Timed timed = session.observer().connect();
        timed(timed, () -> {
            checkOpen();
            untilEnded(deadlineNs).await();
            return awaitSession(session.wantSession(), deadlineNs);
        });
    }

    private static void timed(@Nullable Timed timed, Call<@Nullable Void> connect) throws InterruptedException {
        Throwable failure = null;
        try {
            connect.make();
        } catch (InterruptedException | RuntimeException failed) {
            failure = failed;
            throw failed;
        } finally {
            Timed.end(timed, failure);
        }
    }

    /** {@return until when a connect that begins now tries} */
    long connectBy() {
        return session.runtime().after(timeouts.connect());
    }

    /** A session that is being ended must be over before the next one is wanted. */
    Obstacle untilEnded(long deadlineNs) {
        return new Obstacle() {
            @Override
            public boolean isGone() {
                return session.isClosed() || !session.isEnding();
            }

            @Override
            public void await() throws InterruptedException {
                session.await(any -> any.isClosed() || !any.isEnding(), deadlineNs);
            }
        };
    }

    /** The same for a reconnect, which leaves nothing of the old session behind. */
    Obstacle untilFinished(long deadlineNs) {
        Obstacle ending = untilEnded(deadlineNs);
        long finishedByNs = session.runtime().after(timeouts.close());
        return new Obstacle() {
            @Override
            public boolean isGone() {
                return false;
            }

            @Override
            public void await() throws InterruptedException {
                Link link = session.lastLink();
                if (link != null) {
                    link.awaitFinished(finishedByNs);
                }
                ending.await();
            }
        };
    }

    /** Wants a session; the rest waits for it. */
    Call<@Nullable Void> beginConnect(long deadlineNs) {
        Timed timed = session.observer().connect();
        try {
            checkOpen();
        } catch (ClientClosedException closed) {
            Timed.end(timed, closed);
            throw closed;
        }
        boolean started = session.wantSession();
        return () -> {
            timed(timed, () -> awaitSession(started, deadlineNs));
            return null;
        };
    }

    private @Nullable Void awaitSession(boolean started, long deadlineNs) throws InterruptedException {
        // What was seen while waiting counts: a connection that is lost right after has still been made.
        AtomicBoolean connected = new AtomicBoolean();
        try {
            session.await(s -> {
                connected.set(s.shown().isConnected());
                return connected.get() || s.isClosed() || s.isOver();
            }, deadlineNs);
            checkOpen();
            if (!connected.get()) {
                throw notConnected(session.isOver());
            }
            return null;
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
        await(beginDisconnect());
    }

    /** An interrupt ends the wait and stays. */
    private static void await(Call<@Nullable Void> rest) {
        try {
            rest.make();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the session; the rest waits until nothing of it is left. */
    Call<@Nullable Void> beginDisconnect() {
        long deadlineNs = session.runtime().after(timeouts.close());
        session.happened(new SessionEvent.DisconnectWanted(timeouts.close().toNanos()));
        Link link = session.lastLink();
        return () -> {
            if (link != null && !isOnProtocolThread()) {
                link.awaitFinished(deadlineNs);
            }
            return null;
        };
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
        await(beginClose());
    }

    /** Closes the client for all other calls; the rest waits until nothing of it is left. */
    Call<@Nullable Void> beginClose() {
        long deadlineNs = session.runtime().after(timeouts.close());
        if (!session.markClosed()) {
            return () -> {
                awaitOtherClose(deadlineNs);
                return null;
            };
        }
        if (outbox != null) {
            outbox.close();
        }
        Call<@Nullable Void> disconnect = beginDisconnect();
        return () -> {
            try {
                await(disconnect);
                session.happened(new SessionEvent.Aborted());
                session.subscriptions().close(deadlineNs);
                awaitThreads(deadlineNs + LAST_WAIT.toNanos());
            } finally {
                closing.complete(null);
            }
            return null;
        };
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
