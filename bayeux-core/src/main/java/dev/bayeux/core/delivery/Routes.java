package dev.bayeux.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscribers of a channel (PROTOCOL 2.3): of {@code /a/b/c} those of {@code /a/b/c}, {@code /a/b/*},
 * {@code /a/b/**}, {@code /a/**} and {@code /**}. Remembers what it found, since channels come again and again.
 */
final class Routes {

    /** Servers may invent channels without end, and endless ones. */
    private static final int REMEMBERED = 1024;
    private static final int REMEMBERED_LENGTH = 1024;

    private static final String DEEP = "/**";

    private final Map<String, WireSubscription> wires;
    private final Map<String, List<LocalSubscription<?>>> found = new HashMap<>();

    Routes(Map<String, WireSubscription> wires) {
        this.wires = wires;
    }

    /** Forgets, since the subscriptions have changed. */
    void clear() {
        found.clear();
    }

    List<LocalSubscription<?>> of(String channel) {
        List<LocalSubscription<?>> known = found.get(channel);
        if (known == null) {
            known = List.copyOf(find(channel));
            if (found.size() >= REMEMBERED) {
                found.clear();
            }
            if (channel.length() <= REMEMBERED_LENGTH) {
                found.put(channel, known);
            }
        }
        return known;
    }

    private Set<LocalSubscription<?>> find(String channel) {
        Set<LocalSubscription<?>> matching = new LinkedHashSet<>();
        int longest = wires.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (String key : keys(channel, longest)) {
            @Nullable
            WireSubscription wire = wires.get(key);
            if (wire != null) {
                matching.addAll(wire.locals());
            }
        }
        return matching;
    }

    /**
     * All names and patterns that match a channel; one that is a pattern itself only matches itself.
     *
     * @param longest leaves out longer patterns of many segments: of an endless channel there would be too many
     */
    static List<String> keys(String channel, int longest) {
        List<String> keys = new ArrayList<>();
        keys.add(channel);
        int slash = channel.lastIndexOf('/');
        if (slash < 0 || channel.endsWith("/*") || channel.endsWith("/**")) {
            return keys;
        }
        keys.add(channel.substring(0, slash) + "/*");
        for (; slash >= 0; slash = slash == 0 ? -1 : channel.lastIndexOf('/', slash - 1)) {
            if (slash + DEEP.length() <= longest) {
                keys.add(channel.substring(0, slash) + DEEP);
            }
        }
        return keys;
    }
}
