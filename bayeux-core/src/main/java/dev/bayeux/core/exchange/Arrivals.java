package dev.bayeux.core.exchange;

import dev.bayeux.api.Timeouts;
import java.util.concurrent.TimeUnit;

/**
 * When the socket of a full-duplex transport has last brought something, and how many sockets have ended. Safe for use by
 * several threads; one of them reports what comes.
 */
final class Arrivals {

    private volatile long heardNs;
    private volatile boolean heard;
    private volatile long partNs;
    private volatile boolean parts;
    private volatile long ends;

    /** A whole frame has come. */
    void whole(long nowNs) {
        heardNs = nowNs;
        heard = true;
        if (parts) {
            // Others may follow that are as long in coming: the limit counts from here once more.
            partNs = nowNs;
        }
    }

    /** A part of a frame has come. */
    void part(long nowNs) {
        heardNs = nowNs;
        heard = true;
        partNs = nowNs;
        parts = true;
    }

    /** A socket has ended; the next one has brought nothing yet. One thread at a time reports this. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void ended() {
        parts = false;
        ends = ends + 1;
    }

    long ends() {
        return ends;
    }

    /** Whether anything has come since that time. */
    boolean hasHeardSince(long ns) {
        return heard && heardNs - ns >= 0;
    }

    /**
     * Gives the time until which a reply is waited for: until its limit, or for as long as frames are arriving part by
     * part, with {@code reply} from one part to the next and {@code wholeReply} for all.
     *
     * @param deadlineNs the limit of the reply
     */
    long until(long deadlineNs, Timeouts timeouts) {
        if (!parts) {
            return deadlineNs;
        }
        long nextNs = partNs + TimeUnit.NANOSECONDS.convert(timeouts.reply());
        long lastNs = deadlineNs + TimeUnit.NANOSECONDS.convert(timeouts.wholeReply());
        long untilNs = nextNs - lastNs < 0 ? nextNs : lastNs;
        return untilNs - deadlineNs > 0 ? untilNs : deadlineNs;
    }
}
