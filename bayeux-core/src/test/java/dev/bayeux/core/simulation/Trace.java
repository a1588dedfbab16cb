package dev.bayeux.core.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What happened, in order: always as one number that any difference changes, and the last lines as text if wanted. */
final class Trace {

    private final int kept;
    private final Deque<String> lines = new ArrayDeque<>();
    private long startNs = Long.MIN_VALUE;
    private long fingerprint;

    /** Keeps so many lines. */
    Trace(int kept) {
        this.kept = kept;
    }

    void step(String thread, long nowNs) {
        fingerprint = (fingerprint * 31 + thread.hashCode()) * 31 + nowNs;
    }

    void add(World world, String what) {
        if (isKept()) {
            startNs = startNs == Long.MIN_VALUE ? world.nowNs() : startNs;
            if (lines.size() == kept) {
                lines.removeFirst();
            }
            lines.addLast(String.format(Locale.ROOT, "%12.3f %-28s %s", (world.nowNs() - startNs) / 1e9,
                    world.currentName(), what));
        }
    }

    /** Whether it is worth while to put lines together. */
    boolean isKept() {
        return kept > 0;
    }

    long fingerprint() {
        return fingerprint;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was thrown and where, in one line. */
    static String brief(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return thrown + (stack.length == 0 ? "" : " at " + stack[0])
                + (stack.length < 2 ? "" : " from " + stack[1]);
    }
}
