package dev.bayeux.core.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscribers of a channel: of {@code /a/b/c} those of {@code /a/b/c}, {@code /a/b/*}, {@code /a/b/**},
 * {@code /a/**} and {@code /**}. A lookup depends on the length of the channel, never on the number of subscriptions. The
 * lists that it returns are used again by the next lookup.
 */
public final class Routes {

    private final Map<String, ServerSubscription> byChannel = new LinkedHashMap<>();
    private final PatternTable patterns = new PatternTable();
    private final List<ServerSubscription> matching = new ArrayList<>();
    private final List<Subscriber> found = new ArrayList<>();

    Routes() {
        // Empty.
    }

    Collection<ServerSubscription> all() {
        return byChannel.values();
    }

    @Nullable
    ServerSubscription get(String channel) {
        return byChannel.get(channel);
    }

    void add(ServerSubscription subscription) {
        byChannel.put(subscription.channel(), subscription);
        if (PatternTable.isPattern(subscription.channel())) {
            patterns.add(subscription);
        }
    }

    /** Removes a subscription; {@code false} if another one, or none, has its channel. */
    boolean remove(ServerSubscription subscription) {
        forgetLookup();
        boolean removed = byChannel.remove(subscription.channel(), subscription);
        if (removed && PatternTable.isPattern(subscription.channel())) {
            patterns.remove(subscription);
        }
        return removed;
    }

    /** Clears the last lookup, which must not keep a closed subscription. */
    void forgetLookup() {
        matching.clear();
        found.clear();
    }

    /** {@return whether a name or pattern matches a channel; a channel that is a pattern itself matches only itself} */
    public static boolean matches(String pattern, String channel) {
        if (pattern.equals(channel)) {
            return true;
        }
        int wildcard = pattern.lastIndexOf('/') + 1;
        if (!PatternTable.isPattern(pattern) || PatternTable.isPattern(channel)
                || !channel.startsWith(pattern.substring(0, wildcard))) {
            return false;
        }
        return pattern.endsWith("/**") || channel.indexOf('/', wildcard) < 0;
    }

    List<ServerSubscription> matching(String channel) {
        matching.clear();
        ServerSubscription exact = byChannel.get(channel);
        if (exact != null) {
            matching.add(exact);
        }
        if (!patterns.isEmpty() && !PatternTable.isPattern(channel)) {
            patterns.find(channel, matching);
        }
        return matching;
    }

    /** {@return the subscribers of a channel, each once} */
    public List<Subscriber> of(String channel) {
        List<ServerSubscription> all = matching(channel);
        if (all.isEmpty()) {
            return List.of();
        }
        if (all.size() == 1) {
            return all.getFirst().subscribers();
        }
        found.clear();
        for (ServerSubscription each : all) {
            for (Subscriber subscriber : each.subscribers()) {
                // One subscriber of several patterns gets a message once (C-78).
                if (!found.contains(subscriber)) {
                    found.add(subscriber);
                }
            }
        }
        return found;
    }
}
