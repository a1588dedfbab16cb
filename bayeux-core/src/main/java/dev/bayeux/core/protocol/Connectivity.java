package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.List;

/**
 * The connection in use: its number, its endpoint, and whether it has a socket. Each input names the number of its
 * connection, so an event of an earlier connection does not affect this one.
 */
final class Connectivity {

    private final Effects effects;
    private final List<Endpoint> endpoints;
    private int number;
    private int endpoint;
    private boolean open;
    private String connectionType = "";
    /** The transport of the last handshake over this connection; empty before it. */
    private String handshakeType = "";
    private boolean socket;
    private long socketsEnded;
    private long receivedNs = Long.MIN_VALUE;
    private int maxBatchBytes = Integer.MAX_VALUE;
    private boolean renewalDue;

    Connectivity(Effects effects, List<Endpoint> endpoints) {
        this.effects = effects;
        this.endpoints = endpoints;
    }

    int number() {
        return number;
    }

    /** The address of the server, for texts. */
    String server() {
        return endpoints.get(endpoint).toString();
    }

    int maxBatchBytes() {
        return maxBatchBytes;
    }

    /** Whether the connection of this number is in use. */
    boolean isCurrent(int connection) {
        return open && connection == number;
    }

    /** Opens a connection to the first endpoint. */
    void open() {
        next(0);
        open = true;
        effects.add(new Effect.Open(number, endpoint));
    }

    private void next(int newEndpoint) {
        number++;
        endpoint = newEndpoint;
        connectionType = "";
        handshakeType = "";
        socket = false;
        socketsEnded = 0;
        receivedNs = Long.MIN_VALUE;
        renewalDue = false;
    }

    void close() {
        open = false;
    }

    /** Opens a connection to another endpoint, unless it is the same. */
    void goTo(int newEndpoint) {
        int before = endpoint;
        if (before != newEndpoint) {
            next(newEndpoint);
            effects.add(new Effect.Reopen(number, endpoint, false));
            effects.report(new ClientEvent.EndpointChanged(endpoints.get(before), endpoints.get(endpoint)));
        }
    }

    /**
     * Records that a handshake leaves over a transport. If the last session had another one, closes that transport and
     * ignores its late frames, which belong to a session that has ended.
     */
    void handshakes(String newConnectionType) {
        boolean other = !handshakeType.isEmpty() && !handshakeType.equals(newConnectionType)
                || !connectionType.isEmpty() && !connectionType.equals(newConnectionType);
        if (other) {
            next(endpoint);
            effects.add(new Effect.Reopen(number, endpoint, false));
        }
        handshakeType = newConnectionType;
    }

    /** Sets the transport that carries the session, and releases any other one (C-08). */
    void use(String newConnectionType) {
        if (!connectionType.equals(newConnectionType)) {
            connectionType = newConnectionType;
            effects.add(new Effect.KeepOnly(newConnectionType));
        }
    }

    void carries(int bytes) {
        maxBatchBytes = bytes;
    }

    /** Full-duplex: the requests of an exchange are about to be written to the socket that is open. */
    void writing(Exchange exchange, long nowNs) {
        if (!exchange.isOver()) {
            exchange.markWriting(socketsEnded, nowNs);
            socket |= isCurrent(exchange.connection());
        }
    }

    /** Full-duplex: the requests of an exchange were written to a socket. */
    void written(Exchange exchange, long nowNs) {
        exchange.markWritten(socketsEnded, nowNs);
        if (isCurrent(exchange.connection()) && exchange.lost() == null) {
            socket = true;
        }
    }

    void received(long nowNs) {
        receivedNs = nowNs;
    }

    /**
     * Closes the socket of a session that the server may still keep: its deliveries must not mix with those of the next. It may
     * be another one than the last that ended, whose end was reported late.
     */
    void leaveSession() {
        if (socket || socketsEnded > 0) {
            effects.add(new Effect.DropSilent(connectionType));
        }
    }

    void socketEnded() {
        socket = false;
        socketsEnded++;
        receivedNs = Long.MIN_VALUE;
    }

    /**
     * Records that an exchange has failed. After a timeout it closes the socket, since there is no other sign that the server
     * is gone (C-101); but only if the socket is still in use and has received nothing since the batch was written.
     */
    void failed(Exchange exchange, BayeuxException failure) {
        boolean timedOut = failure instanceof TransportException lost && lost.problem() == Problem.TIMED_OUT;
        if (timedOut && exchange.isWritten() && exchange.lost() == null && isCurrent(exchange.connection())
                && exchange.socketsEnded() == socketsEnded
                && (!exchange.isBatch() || receivedNs == Long.MIN_VALUE || receivedNs - exchange.writtenNs() < 0)) {
            effects.add(new Effect.DropSilent(exchange.connectionType()));
        }
    }

    /**
     * Replaces connections that may be dead, and returns whether it has. Exchanges in flight over HTTP may still be answered;
     * a suspected socket brings no more replies.
     */
    boolean renew(boolean sending) {
        if (sending && !socket) {
            renewalDue = true;
            effects.add(new Effect.RenewShared());
            return false;
        }
        next(endpoint);
        effects.add(new Effect.Reopen(number, endpoint, true));
        return true;
    }

    /** Returns once whether a replacement was postponed until the end of the batch in flight. */
    boolean takeRenewalDue() {
        boolean due = renewalDue;
        renewalDue = false;
        return due;
    }
}
