package dev.bayeux.core.protocol;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionEvent;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that wait for their replies: at most one handshake or connect, and the batches of {@link Requests}. Decides
 * what the end of an exchange, of its connection or of its session means for the exchange.
 */
final class ExchangesInFlight {

    private final Effects effects;
    private final CurrentSession session;
    private final Requests requests;
    private final ServerSubscriptions subscriptions;
    private final Connectivity connectivity;
    private @Nullable Exchange connecting;
    private long connectEndedNs;

    ExchangesInFlight(Effects effects, CurrentSession session, Requests requests, ServerSubscriptions subscriptions,
            Connectivity connectivity) {
        this.effects = effects;
        this.session = session;
        this.requests = requests;
        this.subscriptions = subscriptions;
        this.connectivity = connectivity;
    }

    @Nullable
    Exchange connecting() {
        return connecting;
    }

    void connecting(Exchange leaving) {
        connecting = leaving;
    }

    /** Returns when the last handshake or connect ended. */
    long connectEndedNs() {
        return connectEndedNs;
    }

    void connectEnded(long nowNs) {
        connectEndedNs = nowNs;
    }

    /**
     * The exchanges that a frame without ids may answer: those that were written to that full-duplex connection and have no
     * reply, oldest first. Batches are before the connect, which the server holds while it answers other requests (C-46).
     * Calls that nothing has confirmed are among them, though their batch has ended.
     */
    List<Exchange> waitingOn(int connection) {
        List<Exchange> waiting = requests.inFlight();
        waiting.addAll(requests.matcher().unconfirmed());
        waiting.sort(Comparator.comparingLong(Exchange::writtenNs));
        if (connecting != null) {
            waiting.add(connecting);
        }
        waiting.removeIf(each -> each.connection() != connection || each.lost() != null
                || each.writtenNs() == Long.MIN_VALUE);
        return waiting;
    }

    /**
     * Whether a frame without any message is the answer to the only exchange that waits, as a response over HTTP is. Once the
     * client is CONNECTED the server holds the connect, and such a frame may be anything.
     */
    boolean isAnsweredByAnything(Exchange onlyOne) {
        return session.state().status() != ConnectionStatus.CONNECTED && onlyOne.requests().stream()
                .allMatch(each -> each.kind() == Kind.HANDSHAKE || each.kind() == Kind.CONNECT
                        || each.kind() == Kind.SUBSCRIBE);
    }

    /** The batches in flight, oldest first, then the handshake or connect. */
    private List<Exchange> all() {
        List<Exchange> all = requests.inFlight();
        if (connecting != null) {
            all.add(connecting);
        }
        return all;
    }

    // The end of an exchange

    /** Ends an exchange whose reply has arrived or no longer counts. */
    void ended(Exchange exchange, long nowNs) {
        if (exchange == connecting) {
            connecting = null;
            connectEndedNs = nowNs;
        }
        requests.ended(exchange);
        effects.viewChanged();
        batchEnded();
    }

    /** Carries out a replacement of the connections that waited for the batch. */
    void batchEnded() {
        if (requests.isIdle() && connectivity.takeRenewalDue()
                && session.state().status() == ConnectionStatus.SUSPENDED) {
            renewConnection();
        }
    }

    /** A handshake or connect whose reply the session no longer waits for must not keep its thread. */
    void abandonUnwanted(long nowNs) {
        Exchange abandoned = connecting;
        if (abandoned != null && !abandoned.id().equals(session.state().outstanding())) {
            connecting = null;
            connectEndedNs = nowNs;
            abandoned.end();
            effects.add(new Effect.Abandon(abandoned));
            if (abandoned.kind() == Kind.CONNECT) {
                // The server may have sent its response.
                connectLost();
            }
        }
    }

    /** Stops waiting for the replies to batches whose session has ended. */
    void endOrphaned(long nowNs) {
        for (Exchange orphaned : requests.orphaned().all()) {
            requests.failOrphaned(orphaned);
            orphaned.end();
            effects.add(new Effect.Abandon(orphaned));
            ended(orphaned, nowNs);
        }
    }

    // The end of a connection

    /** A transport is about to write an exchange to an open socket. */
    void writing(Exchange exchange, long nowNs) {
        TransportException ended = exchange.lost();
        connectivity.writing(exchange, nowNs);
        if (ended != null && !exchange.isOver() && connectivity.isCurrent(exchange.connection())) {
            // It goes over the next socket, so nothing fails, but frames of the last one may be lost.
            responseLost(ended, false);
        }
    }

    /** A transport has written an exchange to a socket. */
    void written(Exchange exchange, long nowNs) {
        connectivity.written(exchange, nowNs);
        if (exchange.isOver() && exchange.clientId() != null && !exchange.clientId().equals(session.clientId())
                && connectivity.isCurrent(exchange.connection()) && subscriptions.redelivers()) {
            // The server now uses this socket for a session that the client has abandoned.
            effects.add(new Effect.DropSilent(exchange.connectionType()));
        }
    }

    void connectionEnded(int connection, TransportException reason) {
        if (connectivity.isCurrent(connection)) {
            connectivity.socketEnded();
            if ((connecting == null || !connecting.hasLeft())
                    && requests.sending().stream().noneMatch(Exchange::hasLeft)) {
                // No exchange fails, but frames may be lost. Batches that have not left go over the next socket.
                responseLost(reason, false);
            }
        }
        markLost(connection, reason);
    }

    /** Replaces the connection, which may be dead. */
    void renewConnection() {
        int before = connectivity.number();
        if (connectivity.renew(!requests.isIdle())) {
            requests.takeBack(before);
            markLost(before, new TransportException(Problem.LOST,
                    "The client replaced the connection, which may be dead.", null));
        }
    }

    /** No reply can arrive for the exchanges that an ended connection has carried. A batch that no transport has had continues. */
    private void markLost(int connection, TransportException reason) {
        for (Exchange each : all()) {
            if (each.connection() == connection && each.lost() == null && (each.hasLeft() || !each.isBatch())) {
                each.markLost(reason);
                effects.add(new Effect.Wake(each));
            }
        }
        requests.matcher().unconfirmed().stream().filter(each -> each.connection() == connection)
                .forEach(each -> each.markLost(reason));
    }

    // Lost deliveries

    /**
     * Records that a response of the session is lost; {@code known} if the session machine knows of that. Without
     * acknowledgement the server replays the deliveries in it only to a new session, so the client must not take later
     * deliveries before that.
     */
    void responseLost(BayeuxException failure, boolean known) {
        // A lost connect may still carry deliveries of a subscription that begins meanwhile.
        if (isReplayedOnly() && (known || subscriptions.positions().isAny())
                && PublishFailures.mayHaveBeenAnswered(failure)
                && !subscriptions.positions().passesUnreadable(failure)) {
            session.happened(new SessionEvent.DeliveriesMissed(known ? null : failure));
        }
    }

    /** The response to a connect will not arrive, or is empty: it may have carried deliveries. */
    void connectLost() {
        if (isReplayedOnly()) {
            session.happened(new SessionEvent.DeliveriesMissed(null));
        }
    }

    /** Returns whether the server redelivers lost deliveries in a new session only (C-136). */
    private boolean isReplayedOnly() {
        return subscriptions.redelivers() && !session.state().isAcknowledging();
    }
}
