package dev.bayeux.core.exchange;

import dev.bayeux.api.Timeouts;
import java.util.concurrent.TimeUnit;

/**
 * The time at which the connection of a full-duplex transport last received something.
 * Safe for use by several threads.
 */
final class Arrivals {

    private volatile long receivedNs;
    private volatile boolean received;
    private volatile long partNs;
    private volatile boolean parts;

    /** Records a whole frame. */
    void whole(long nowNs) {
        receivedNs = nowNs;
        received = true;
        if (parts) {
            // The next frame may take as long, so its limit starts here.
            partNs = nowNs;
        }
    }

    /** Records a part of a frame. */
    void part(long nowNs) {
        receivedNs = nowNs;
        received = true;
        partNs = nowNs;
        parts = true;
    }

    /** Records that a socket has ended: the next one has received nothing yet. One thread at a time calls it. */
    void ended() {
        parts = false;
    }

    /** Whether anything has arrived since that time. */
    boolean hasReceivedSince(long ns) {
        return received && receivedNs - ns >= 0;
    }

    /**
     * Returns the time until which a caller waits for a reply: until its limit, or for as long as frames are arriving part by
     * part, with {@code reply} from one part to the next and {@code wholeReply} for all.
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
