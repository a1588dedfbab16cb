package dev.bayeux.core.delivery;

import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.protocol.Routes;
import java.util.Comparator;
import java.util.List;

/**
 * Stands for a subscription in its messages, which a program may keep for any time: the messages do not keep the
 * subscription and the client. Compared by identity.
 */
final class SubscriptionIdentity {

    private static final String ONE_SEGMENT = "/*";
    private static final String ANY_SEGMENTS = "/**";

    private final List<String> channels;

    SubscriptionIdentity(List<String> channels) {
        this.channels = channels;
    }

    /** {@return the channel or pattern of the subscription by which a message of a channel comes} */
    String subscriptionOf(String channel) {
        return channels.size() == 1
                ? channels.getFirst()
                : channels.stream().filter(each -> Routes.matches(ReplayExtension.key(each), channel))
                        .max(Comparator.comparingInt(each -> rank(ReplayExtension.key(each))))
                        .orElse(channels.getFirst());
    }

    /** A channel ranks before its patterns, and of two patterns the longer one; {@code *} before {@code **}. */
    private static int rank(String subscription) {
        return subscription.endsWith(ANY_SEGMENTS)
                ? 2 * subscription.length() - 3
                : subscription.endsWith(ONE_SEGMENT) ? 2 * subscription.length() : Integer.MAX_VALUE;
    }
}
