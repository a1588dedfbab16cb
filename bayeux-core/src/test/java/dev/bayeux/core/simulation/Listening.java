package dev.bayeux.core.simulation;

import dev.bayeux.api.Overflow;
import dev.bayeux.api.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscription as the program knows it, and what it got. */
final class Listening {

    final List<String> channels;
    final List<Long> received = new ArrayList<>();
    final List<Matching.Block> blocks = new ArrayList<>();
    final Matching matching = new Matching();
    @Nullable
    Subscription subscription;
    /** When the program received the acceptance of the server. */
    long activeNs = Long.MAX_VALUE;
    /** The last event of the server at that time. */
    long activeSince;
    /** When the program began to close it. */
    long closingNs = Long.MAX_VALUE;

    /** When {@code close()} had returned. */
    long closedNs = Long.MAX_VALUE;
    /** The message that its handler has just failed to handle, zero if there is none: it is given once more. */
    long failedNumber;
    /** Whether a message whose handler throws is handled again. */
    final boolean retries;

    /** While its call of {@code start} has not returned. */
    boolean starting;
    /** While a thread of the program pulls. */
    boolean pulling;

    /** Whether its queue has little room: then some may be missing. */
    final boolean narrow;
    /** What happens then. */
    final Overflow overflow;

    Listening(List<String> channels, boolean narrow, Overflow overflow, boolean retries) {
        this.retries = retries;
        this.channels = channels;
        this.narrow = narrow;
        this.overflow = overflow;
    }

    /** Whether it keeps the client from asking for more. */
    boolean pauses() {
        return narrow && overflow == Overflow.PAUSE;
    }

    /** Whether the client may drop messages that an acknowledging server has sent. */
    boolean drops() {
        return narrow && overflow != Overflow.PAUSE;
    }

    boolean matches(String channel) {
        return channels.stream().anyMatch(pattern -> ServerSession.matches(pattern, channel));
    }

    boolean isActive() {
        return activeNs != Long.MAX_VALUE && closingNs == Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return channels.toString();
    }
}
