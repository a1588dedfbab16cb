package dev.bayeux.core.protocol;

import java.util.HashSet;
import java.util.Set;

/**
 * The channels that the server may still deliver in this session, though the client has asked it to end that. A new
 * subscription of such a channel gets deliveries of the old one, which must not move its position.
 */
final class UncertainChannels {

    private final Set<String> channels = new HashSet<>();
    /** The session is gone, but its deliveries may still be on their way through the client. */
    private boolean sessionLost;

    void add(String channel) {
        channels.add(channel);
    }

    boolean contains(String channel) {
        return channels.contains(channel);
    }

    /** Records the end of the session, after which no channel becomes certain before the next session. */
    void sessionLost() {
        sessionLost = true;
    }

    /** Records that a session restores the subscriptions. Returns whether this is a new one, which knows no earlier subscription. */
    boolean restored() {
        boolean first = sessionLost;
        if (first) {
            sessionLost = false;
            channels.clear();
        }
        return first;
    }
}
