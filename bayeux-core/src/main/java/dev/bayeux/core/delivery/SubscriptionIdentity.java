package dev.bayeux.core.delivery;

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
                : channels.stream().filter(each -> matches(plain(each), channel))
                        .max(Comparator.comparingInt(each -> rank(plain(each)))).orElse(channels.getFirst());
    }

    /** A channel ranks before its patterns, and of two patterns the longer one; {@code *} before {@code **}. */
    private static int rank(String subscription) {
        return subscription.endsWith(ANY_SEGMENTS)
                ? 2 * subscription.length() - 3
                : subscription.endsWith(ONE_SEGMENT) ? 2 * subscription.length() : Integer.MAX_VALUE;
    }

    private static boolean matches(String subscription, String channel) {
        if (subscription.endsWith(ANY_SEGMENTS)) {
            return isBelow(subscription.substring(0, subscription.length() - 2), channel);
        }
        if (subscription.endsWith(ONE_SEGMENT)) {
            String folder = subscription.substring(0, subscription.length() - 1);
            return isBelow(folder, channel) && channel.indexOf('/', folder.length()) < 0;
        }
        return subscription.equals(channel);
    }

    private static boolean isBelow(String folder, String channel) {
        return channel.length() > folder.length() && channel.startsWith(folder);
    }

    /** Without a query string (C-119), which messages do not have. */
    private static String plain(String channel) {
        int query = channel.indexOf('?');
        return query < 0 ? channel : channel.substring(0, query);
    }
}
