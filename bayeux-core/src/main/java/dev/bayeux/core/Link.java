package dev.bayeux.core;

import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is open between a connect and the end that follows it: the transports, the cookies in them, and the heartbeat's
 * thread. The next connect gets another one. Its state is guarded by the session's lock.
 */
final class Link {

    private final Session session;
    private final Carriers carriers;
    private final Duration endLimit;
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
    private @Nullable Runnable heartbeat;
    private volatile @Nullable Thread thread;
    private @Nullable SessionAction assigned;
    private @Nullable EndUnwantedSession unwanted;
    private String connectionType = "";
    private int endpoint;
    private volatile Connections connections;
    private Runnable unwatch = () -> {};
    private Runnable forgetCookies = () -> {};
    private boolean endWatched;
    private boolean ended;
    private volatile @Nullable Thread finishing;

    /** Makes what sends to one of the endpoints. */
    @FunctionalInterface
    interface Carriers {

        Carrier to(int endpoint, Inbox inbox);
    }

    /** What is open to one endpoint, until it is renewed: what it brings after that does not count any more. */
    final class Connections implements Inbox {

        private final Carrier carrier;
        private final Arrivals arrivals = new Arrivals();

        private Connections() {
            this.carrier = carriers.to(endpoint, this);
        }

        /** When something has come over a socket, and how many have ended. */
        Arrivals arrivals() {
            return arrivals;
        }

        Carrier carrier() {
            return carrier;
        }

        /** Whether it is what the session uses; guarded by the session's lock. */
        boolean isOpen() {
            return !ended && connections == this;
        }

        @Override
        public void received(String text) {
            arrivals.whole(session.runtime().nanoTime());
            session.exchanges().pushed(this, text);
        }

        @Override
        public void receivedInPart(String text) {
            session.exchanges().receivedInPart(this, text);
        }

        @Override
        public void progressed() {
            arrivals.part(session.runtime().nanoTime());
        }

        @Override
        public void writing() {
            session.exchanges().writing(this);
        }

        @Override
        public void disconnected(TransportException reason) {
            arrivals.ended();
            carrier.disconnected();
            session.exchanges().connectionEnded(this, reason);
        }
    }

    /** With connections to the first endpoint. */
    Link(Session session, Carriers carriers, Duration endLimit) {
        this.session = session;
        this.carriers = carriers;
        this.endLimit = endLimit;
        this.connections = new Connections();
    }

    /** Takes what forgets the cookies of this link. */
    void setCookies(Runnable newForgetCookies) {
        forgetCookies = newForgetCookies;
    }

    /** The server has refused the credentials that they were given for. */
    void forgetCookies() {
        forgetCookies.run();
    }

    void setHeartbeat(Runnable newHeartbeat) {
        heartbeat = newHeartbeat;
    }

    // With the session's lock

    /** Gives the heartbeat its next handshake or connect. */
    void assign(SessionAction beat) {
        assigned = beat;
        if (thread == null && heartbeat != null) {
            thread = start("session", heartbeat);
        }
    }

    @Nullable
    SessionAction assigned() {
        return assigned;
    }

    @Nullable
    SessionAction takeAssigned() {
        SessionAction taken = assigned;
        assigned = null;
        return taken;
    }

    /** The transport that carries the session from now on; another one is released (C-08). */
    void use(String newConnectionType) {
        if (!connectionType.equals(newConnectionType)) {
            connectionType = newConnectionType;
            connections.carrier.keepOnly(newConnectionType);
        }
    }

    /** What is open now. */
    Connections connections() {
        return connections;
    }

    /** Goes to a server; gives the one that was left for it, {@code null} if it is the same. */
    @Nullable
    Integer goTo(int newEndpoint) {
        if (endpoint == newEndpoint) {
            return null;
        }
        int before = endpoint;
        endpoint = newEndpoint;
        reopen();
        return before;
    }

    /** Closes the connections, and leaves those that other clients share; the next request opens others. */
    void renew() {
        connections.carrier.renewConnections();
        reopen();
    }

    private void reopen() {
        Carrier old = connections.carrier;
        connectionType = "";
        connections = new Connections();
        old.close();
    }

    boolean isEnded() {
        return ended;
    }

    /** Sees to it that an end that waits for the server comes in time, whatever the other threads are waiting for. */
    void watchEnd() {
        if (!endWatched) {
            endWatched = true;
            long untilNs = session.wakeAtNs();
            start("end", () -> {
                try {
                    if (!session.await(any -> ended, untilNs)) {
                        session.happened(new SessionEvent.TimeReached());
                    }
                } catch (InterruptedException never) {
                    session.happened(new SessionEvent.Aborted());
                }
            });
        }
    }

    void endUnwanted(EndUnwantedSession action) {
        unwanted = action;
    }

    /** Takes what ends the watch over the clocks, to be called with the end. */
    void watchClock(Runnable newUnwatch) {
        unwatch = newUnwatch;
    }

    /** Closes everything, without waiting for it; with a reason if nobody has wanted that. */
    void end(Optional<BayeuxException> why) {
        ended = true;
        unwatch.run();
        LinkEnd end = new LinkEnd(session, connections.carrier, why.orElse(null), unwanted, thread, endLimit);
        finishing = start("end", () -> {
            try {
                end.run();
            } finally {
                finished.complete(null);
            }
        });
    }

    private Thread start(String what, Runnable task) {
        return session.runtime().start("bayeux-" + session.clientName() + "-" + what, task);
    }

    // Without it

    /** Whether the calling thread is one of its own. */
    boolean isCurrent() {
        Thread current = Thread.currentThread();
        return current == thread || current == finishing;
    }

    /** Leaves out what is polite: nobody waits for it any longer. */
    void abort() {
        Thread polite = finishing;
        if (polite != null) {
            polite.interrupt();
        }
    }

    /** Waits until everything is closed; {@code false} if the deadline has passed. */
    boolean awaitFinished(long deadlineNs) throws InterruptedException {
        return session.runtime().isComplete(finished, deadlineNs);
    }

    /** Sends an exchange and sees to it that the session hears how it ended. Never throws. */
    void carry(Exchange exchange, Supplier<List<OutgoingMessage>> messages, Duration limit) {
        Timed timed = session.observer().exchange(kind(exchange), exchange.connectionType());
        Throwable why = null;
        try {
            ExtensionChain.Leaving leaving = session.extensions().outgoing(messages.get());
            leaving.heldBack().forEach(message -> session.exchanges().heldBack(exchange, message));
            if (leaving.messages().isEmpty()) {
                // An empty array is no batch (C-125).
                why = leaving.heldBack().getLast().why();
                session.exchanges().failed(exchange, leaving.heldBack().getLast().why());
                return;
            }
            String answer = exchange.connections().carrier().send(exchange.connectionType(),
                    MessageWriter.batch(leaving.messages(), limit));
            if (answer == null) {
                // C-100: what extensions, credentials or the upgrade have taken leaves the server no less time.
                awaitPushed(exchange, session.runtime().after(limit));
            } else {
                Timed.end(timed, null);
                timed = null;
                session.exchanges().answered(exchange, answer);
            }
        } catch (BayeuxException failure) {
            why = failure;
            session.exchanges().failed(exchange, failure);
        } catch (InterruptedException abandoned) {
            why = abandoned;
            session.exchanges().failed(exchange,
                    new TransportException(Problem.CLOSED, "The request was given up.", abandoned));
        } catch (LinkageError wrong) {
            why = wrong;
            // The same classes will be there at the next attempt.
            session.exchanges().failed(exchange, new ConfigurationException(
                    "The transport %s does not fit a library that it needs: %s. Which versions are on the class path or module path?"
                            .formatted(exchange.connectionType(), wrong),
                    wrong));
        } catch (Throwable bug) {
            why = bug;
            // Of a transport, or of code of the program that it calls, in whatever language: the client goes on as after
            // a lost connection.
            session.exchanges().failed(exchange, new TransportException(Problem.LOST,
                    "The transport %s failed: %s".formatted(exchange.connectionType(), bug), bug));
        } finally {
            session.exchanges().leave(exchange);
            Timed.end(timed, why);
        }
    }

    private static ClientMetrics.Exchange kind(Exchange exchange) {
        return switch (exchange.requests().getFirst().kind()) {
            case HANDSHAKE -> ClientMetrics.Exchange.HANDSHAKE;
            case CONNECT -> ClientMetrics.Exchange.CONNECT;
            default -> ClientMetrics.Exchange.SEND;
        };
    }

    /**
     * C-101: a server that leaves a handshake or connect unanswered may be gone without a sign of it. So may one that leaves
     * another request unanswered, if nothing at all has come since that was written.
     */
    private void awaitPushed(Exchange exchange, long deadlineNs) throws InterruptedException {
        try {
            session.exchanges().awaitPushed(exchange, deadlineNs, session.config().timeouts());
        } catch (TransportException failure) {
            Arrivals arrivals = exchange.connections().arrivals();
            boolean silent = exchange.isBeat() || !arrivals.hasHeardSince(exchange.writtenNs());
            // What this one did says nothing about a connection that has taken its place.
            if (failure.problem() == Problem.TIMED_OUT && silent && arrivals.ends() == exchange.ends()) {
                exchange.connections().carrier().dropConnection(exchange.connectionType());
            }
            throw failure;
        }
    }
}
