package dev.bayeux.core.simulation;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handshake or connect, and its end. */
final class Beat {

    enum Outcome {
        PENDING, SUCCESSFUL, REFUSED, LOST
    }

    /** For so long a thread that loses the processor may hold on to what has arrived. */
    static final long HELD_NS = TimeUnit.MILLISECONDS.toNanos(200);

    final ClientMessage message;
    final Object transport;
    final long sentNs;
    long untilNs;
    Outcome outcome = Outcome.PENDING;
    @Nullable
    ServerMessage reply;
    int failures;
    boolean givenUp;
    /** Begun while the end of the last connection was being reported: it may count as lost, too. */
    boolean doubtful;
    private long endNs;
    private @Nullable Long supersededNs;

    Beat(ClientMessage message, Object transport, long sentNs, long untilNs) {
        this.message = message;
        this.transport = transport;
        this.sentNs = sentNs;
        this.untilNs = untilNs;
    }

    URI place() {
        return ((SimulatedTransport) transport).place();
    }

    void lost(long atNs) {
        if (outcome == Outcome.PENDING) {
            outcome = Outcome.LOST;
            endNs = Math.min(atNs, untilNs);
        }
    }

    /** It goes over the next socket, since its own has ended before anything was written; the client may take it for lost. */
    void moved() {
        if (outcome == Outcome.LOST) {
            outcome = Outcome.PENDING;
            doubtful = true;
        }
    }

    void answered(ServerMessage newReply, long atNs) {
        reply = newReply;
        outcome = newReply.isSuccessful() ? Outcome.SUCCESSFUL : Outcome.REFUSED;
        endNs = atNs;
    }

    /** Elsewhere the server says that the session is gone: if that arrives first, no thread waits for this reply. */
    void superseded(long atNs) {
        if (supersededNs == null && (outcome == Outcome.PENDING || atNs - endNs < HELD_NS)) {
            supersededNs = atNs;
        }
    }

    /** Whether the end of its time is so near that, over a socket, its reply may come too late or not. */
    boolean isAlmostLate(long atNs) {
        return transport instanceof SimulatedSocket && Math.abs(untilNs - atNs) < HELD_NS;
    }

    boolean isSuperseded() {
        return supersededNs != null;
    }

    /** When the client may have ceased to wait for it, at the earliest. */
    long endNs() {
        return supersededNs == null ? endNs : Math.min(endNs, supersededNs);
    }
}
