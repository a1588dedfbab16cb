package dev.bayeux.kafka.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the channels of a connector. No two of them may receive the same message, because it would become two records
 * with two positions.
 */
final class ChannelPatterns {

    private ChannelPatterns() {
    }

    /** Returns the problem of a list of channels and patterns, {@code null} if there is none. */
    static @Nullable String problem(List<String> channels) {
        if (channels.isEmpty()) {
            return "Name at least one channel, such as /orders, or a pattern: /orders/* is one segment more, /orders/** one or more.";
        }
        for (int n = 0; n < channels.size(); n++) {
            String problem = problem(channels.get(n));
            if (problem != null) {
                return problem;
            }
            for (String other : channels.subList(0, n)) {
                if (overlap(name(other), name(channels.get(n)))) {
                    return "%s and %s overlap: a message could arrive twice. Name one of them.".formatted(other,
                            channels.get(n));
                }
            }
        }
        return null;
    }

    private static @Nullable String problem(String channel) {
        if (!channel.startsWith("/") || channel.length() < 2) {
            return "The channel \"%s\" must start with a slash and name at least one segment.".formatted(channel);
        }
        if (channel.equals("/meta") || channel.startsWith("/meta/")) {
            return "The channel %s belongs to the protocol and cannot be subscribed.".formatted(channel);
        }
        List<String> segments = segments(name(channel));
        for (int n = 0; n < segments.size(); n++) {
            String segment = segments.get(n);
            if (segment.isEmpty()) {
                return "Segment %d of the channel %s is empty.".formatted(n + 1, channel);
            }
            if (isWildcard(segment) && n < segments.size() - 1) {
                return "A wildcard can only be the last segment, as in /orders/*: %s.".formatted(channel);
            }
        }
        return null;
    }

    /** Returns a channel without its query string, which some servers use as a filter. */
    private static String name(String channel) {
        int query = channel.indexOf('?');
        return query < 0 ? channel : channel.substring(0, query);
    }

    private static List<String> segments(String channel) {
        return List.of(channel.substring(1).split("/", -1));
    }

    private static boolean isWildcard(String segment) {
        return segment.equals("*") || segment.equals("**");
    }

    /** Returns whether two patterns can match the same channel. */
    static boolean overlap(String one, String other) {
        List<String> a = segments(one);
        List<String> b = segments(other);
        int both = Math.min(a.size(), b.size());
        for (int n = 0; n < both; n++) {
            boolean lastOfA = n == a.size() - 1;
            boolean lastOfB = n == b.size() - 1;
            if (a.get(n).equals("**") || b.get(n).equals("**")) {
                return true;
            }
            if (a.get(n).equals("*") || b.get(n).equals("*")) {
                return lastOfA && lastOfB;
            }
            if (!a.get(n).equals(b.get(n))) {
                return false;
            }
        }
        return a.size() == b.size();
    }
}
