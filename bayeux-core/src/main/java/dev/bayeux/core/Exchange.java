package dev.bayeux.core;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way and the answers that are still missing. Guarded by the session's lock, but for the thread that
 * carries it.
 */
final class Exchange {

    private final List<Request> requests;
    private final Link link;
    private final Link.Connections connections;
    private final String connectionType;
    private final @Nullable String clientId;
    private final Thread carrier;
    private int answered;
    private boolean over;
    private boolean refusing;
    private long ends;
    private long writtenNs;
    private @Nullable TransportException lost;

    Exchange(List<Request> requests, Link link, Link.Connections connections, String connectionType,
            @Nullable String clientId) {
        this.requests = List.copyOf(requests);
        this.link = link;
        this.connections = connections;
        this.connectionType = connectionType;
        this.clientId = clientId;
        this.carrier = Thread.currentThread();
    }

    List<Request> requests() {
        return requests;
    }

    /** The same, as they leave. */
    List<OutgoingMessage> messages() {
        List<OutgoingMessage> messages = new ArrayList<>(requests.size());
        for (Request request : requests) {
            messages.add(OutgoingMessage.of(request, clientId));
        }
        return messages;
    }

    /** Whether there is none left that the condition holds for, which once it does not never holds again. */
    boolean isNoneLeft(Predicate<Request> unanswered) {
        while (answered < requests.size() && !unanswered.test(requests.get(answered))) {
            answered++;
        }
        return answered == requests.size();
    }

    /** What it travels through. */
    Link link() {
        return link;
    }

    /** The connections that carry it. */
    Link.Connections connections() {
        return connections;
    }

    String connectionType() {
        return connectionType;
    }

    /** The session it belongs to, {@code null} for a handshake. */
    @Nullable
    String clientId() {
        return clientId;
    }

    /** No room is left: what its answer delivers is not taken, and the server is not told that it came. */
    void refuseDeliveries() {
        refusing = true;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** {@return whether it is a handshake or a connect} */
    boolean isBeat() {
        Kind first = requests.getFirst().kind();
        return first == Kind.HANDSHAKE || first == Kind.CONNECT;
    }

    boolean isOver() {
        return over;
    }

    /** Its answer is here, or not wanted any more: what still comes is not looked at (C-85). */
    void end() {
        over = true;
    }

    /** Gives it up: the thread that carries it is freed. */
    void abandon() {
        if (!over) {
            over = true;
            carrier.interrupt();
        }
    }

    /** Called by that thread when it carries this no longer: no interrupt of {@link #abandon} can hit what comes next. */
    void leave() {
        over = true;
        Thread.interrupted();
    }

    /** Whether the calling thread carries it. */
    boolean isCarriedHere() {
        return carrier == Thread.currentThread();
    }

    /** It is written to a connection that is open, before which so many of its kind have ended. */
    void written(long newEnds, long nowNs) {
        lost = null;
        ends = newEnds;
        writtenNs = nowNs;
    }

    /** How many connections had ended before the one that carries this. */
    long ends() {
        return ends;
    }

    /** When it was written, or began to be. */
    long writtenNs() {
        return writtenNs;
    }

    /** The connection that should bring the answers has ended. */
    void markLost(TransportException reason) {
        lost = reason;
    }

    @Nullable
    TransportException lost() {
        return lost;
    }
}
