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

    /** Servers may invent channels without end. */
    private static final int REMEMBERED = 1024;

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
            found.put(channel, known);
        }
        return known;
    }

    private Set<LocalSubscription<?>> find(String channel) {
        Set<LocalSubscription<?>> matching = new LinkedHashSet<>();
        for (String key : keys(channel)) {
            @Nullable
            WireSubscription wire = wires.get(key);
            if (wire != null) {
                matching.addAll(wire.locals());
            }
        }
        return matching;
    }

    /** All names and patterns that match a channel; one that is a pattern itself only matches itself. */
    static List<String> keys(String channel) {
        List<String> keys = new ArrayList<>();
        keys.add(channel);
        int slash = channel.lastIndexOf('/');
        if (slash < 0 || channel.endsWith("/*") || channel.endsWith("/**")) {
            return keys;
        }
        keys.add(channel.substring(0, slash) + "/*");
        for (; slash >= 0; slash = slash == 0 ? -1 : channel.lastIndexOf('/', slash - 1)) {
            keys.add(channel.substring(0, slash) + "/**");
        }
        return keys;
    }
}
