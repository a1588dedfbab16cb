package dev.bayeux.core.protocol;

import dev.bayeux.api.Subscription;
import java.util.List;

/** One subscription of the program, as the protocol knows it. Only {@link ProtocolCore} changes it. */
public final class Subscriber {

    private final Subscription subscription;
    private final List<String> channels;
    private final boolean choosesStart;
    private boolean joined;
    private boolean established;
    private long handledUpTo;

    /** Makes a subscriber that the server does not know yet; {@code choosesStart} if the program has chosen its position. */
    public Subscriber(Subscription subscription, List<String> channels, boolean choosesStart) {
        this.subscription = subscription;
        this.channels = channels;
        this.choosesStart = choosesStart;
    }

    public Subscription subscription() {
        return subscription;
    }

    List<String> channels() {
        return channels;
    }

    boolean choosesStart() {
        return choosesStart;
    }

    boolean isJoined() {
        return joined;
    }

    void join(long after) {
        joined = true;
        handledUpTo = after;
    }

    void leave() {
        joined = false;
    }

    /** Whether the server has accepted all channels once: from then on the subscription outlives sessions. */
    boolean isEstablished() {
        return established;
    }

    void establish() {
        established = true;
    }

    /** The number of the last delivery that was handled, with all before it. */
    long handledUpTo() {
        return handledUpTo;
    }

    void handledUpTo(long number) {
        handledUpTo = Math.max(handledUpTo, number);
    }

    @Override
    public String toString() {
        return channels.toString();
    }
}
