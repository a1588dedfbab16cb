package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The intervals that may be in force. Messages that arrive at about the same time may be handled in any order, so there
 * can be several, and only the least is a bound.
 */
final class Advised {

    /** What arrived so much earlier has been handled. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);

    /** By default no server can ask for more. */
    private static final long LONGEST_MS = TimeUnit.HOURS.toMillis(1);

    private record Candidate(long intervalNs, long sinceNs) {}

    private final World world;
    private final List<Candidate> candidates = new ArrayList<>();

    Advised(World world) {
        this.world = world;
        reset();
    }

    void reset() {
        candidates.clear();
        maybeNone();
    }

    /** All earlier advice may be forgotten (C-10). */
    void maybeNone() {
        candidates.add(new Candidate(0, world.nowNs()));
    }

    /** A reply that came at that time and was certainly looked at: what it replaces is not in force any more. */
    void certainly(ServerMessage reply, boolean ofHandshake, long atNs) {
        if (ofHandshake && reply.isSuccessful()) {
            candidates.removeIf(candidate -> candidate.sinceNs < atNs);
        } else if (reply.advice() != null) {
            candidates.removeIf(candidate -> atNs - candidate.sinceNs > MOMENT_NS);
        }
    }

    /** A message whose advice may reach no client, or come too late. */
    void maybe(ServerMessage message) {
        ServerAdvice advice = message.advice();
        if (advice != null) {
            long intervalMs = advice.intervalMs() == null ? 0 : Math.max(0, advice.intervalMs());
            candidates.add(new Candidate(TimeUnit.MILLISECONDS.toNanos(Math.min(intervalMs, LONGEST_MS)),
                    world.nowNs()));
        }
    }

    /** The shortest interval that may be in force. */
    long leastNs() {
        return candidates.stream().mapToLong(Candidate::intervalNs).min().orElse(0);
    }
}
