package dev.bayeux.core.simulation;

import dev.bayeux.api.ConnectionStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Explains a handshake or connect that does not follow from the one before: the program or a fault has intervened. */
final class Interventions {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final long incrementNs;
    private final Deque<Long> served = new ArrayDeque<>();
    private int lifeCalls;
    private int connectCalls;
    private @Nullable Long connectEndedNs;
    private boolean calledSinceBeat;
    private boolean doubted;
    private final Deque<Long> doubts = new ArrayDeque<>();
    private ConnectionStatus shown = ConnectionStatus.DISCONNECTED;
    private boolean started;
    private boolean byServer;
    private @Nullable Long byServerNs;
    private @Nullable Long provenAliveNs;

    /** Connection checks act once in an increment of the backoff. */
    Interventions(long incrementNs) {
        this.incrementNs = incrementNs;
    }

    /** The program begins to connect or disconnect, or has ended to. */
    void byProgram(int more, boolean connecting, long nowNs) {
        lifeCalls += more;
        calledSinceBeat |= more > 0;
        if (connecting) {
            connectCalls += more;
            connectEndedNs = nowNs;
        }
    }

    /** The connection may be dead, or is not wanted for now: what comes next may come sooner, and instead of another. */
    void doubted(long nowNs) {
        doubted = true;
        doubts.addLast(nowNs);
    }

    /** Whether the request that was lost at that time may have been abandoned before, so that its end did not count. */
    boolean mayHaveOvertaken(long endNs) {
        return doubts.stream().anyMatch(doubtedNs -> doubtedNs - endNs < MOMENT_NS);
    }

    /** Whether a reply that arrived at that time may have been in the hands of a thread that was too late. */
    boolean mayHaveOvertakenReply(long endNs) {
        return doubts.stream().anyMatch(doubtedNs -> Math.abs(doubtedNs - endNs) < Beat.HELD_NS);
    }

    /** The program starts the client again when it leaves DISCONNECTED; nothing else can (T1). */
    void shown(ConnectionStatus status) {
        started |= shown == ConnectionStatus.DISCONNECTED && status != ConnectionStatus.DISCONNECTED;
        shown = status;
    }

    /** The server has said something that changes the course, or may have. */
    void byServer(long nowNs) {
        byServer = true;
        byServerNs = nowNs;
    }

    /** A reply to something else says that the server is there, and the session too: no wait is needed (C-138). */
    void provenAlive(long nowNs) {
        provenAliveNs = nowNs;
    }

    /** Whether that was while the client waited, or about to. */
    boolean isProvenAlive(long sinceNs) {
        return provenAliveNs != null && provenAliveNs - sinceNs > -MOMENT_NS;
    }

    boolean areByServer() {
        return byServer;
    }

    boolean areDoubts(long nowNs) {
        return doubted || isRecent(doubts.peekLast(), nowNs);
    }

    /** A request that was about to be sent at the intervention may have left since. */
    private static boolean isRecent(@Nullable Long atNs, long nowNs) {
        return atNs != null && nowNs - atNs < MOMENT_NS;
    }

    /** Whether the request in flight may be abandoned. */
    boolean mayGiveUp(ConnectionStatus status, long nowNs) {
        boolean ending = status == ConnectionStatus.DISCONNECTED || status == ConnectionStatus.DISCONNECTING;
        return ending || lifeCalls > 0 || calledSinceBeat || areDoubts(nowNs) || byServer
                || isRecent(byServerNs, nowNs);
    }

    /**
     * Only the program may start again (T1), and the first handshake may be abandoned before it is sent; what a thread was
     * about to send when it gave up goes out a moment later.
     */
    boolean isNewStart(ConnectionStatus status, long nowNs) {
        return started || connectCalls > 0 && status != ConnectionStatus.REHANDSHAKING
                || status == ConnectionStatus.DISCONNECTED && isRecent(connectEndedNs, nowNs);
    }

    /** A connect that only a connection check explains; returns whether it is one too many. The first may be late. */
    boolean isOneTooMany(long nowNs) {
        served.addLast(nowNs);
        return served.size() > 2 && nowNs - served.removeFirst() < incrementNs;
    }

    /** A handshake or connect was sent: what was before explains no other one. */
    void sent(ClientMessage message, long nowNs) {
        calledSinceBeat = false;
        doubted = false;
        doubts.removeIf(doubtedNs -> !isRecent(doubtedNs, nowNs));
        byServer = false;
        started &= !message.isHandshake();
    }
}
