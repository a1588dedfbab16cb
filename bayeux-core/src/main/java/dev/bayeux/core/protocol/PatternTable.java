package dev.bayeux.core.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscribed patterns by what precedes their wildcard. A lookup reads the channel once and makes no text of its
 * parts, so that a delivery costs the same whether there is one pattern or a hundred thousand.
 */
final class PatternTable {

    private static final String ONE = "/*";
    private static final String DEEP = "/**";

    /** The patterns of one prefix: {@code prefix/*} and {@code prefix/**}. */
    private static final class Entry {

        private final String prefix;
        private @Nullable ServerSubscription one;
        private @Nullable ServerSubscription deep;
        private @Nullable Entry next;

        Entry(String prefix, @Nullable Entry next) {
            this.prefix = prefix;
            this.next = next;
        }
    }

    private @Nullable Entry[] table = new Entry[16];
    private int entries;
    private int patterns;

    static boolean isPattern(String channel) {
        return channel.endsWith(ONE) || channel.endsWith(DEEP);
    }

    boolean isEmpty() {
        return patterns == 0;
    }

    void add(ServerSubscription pattern) {
        patterns++;
        set(pattern.channel(), pattern);
    }

    void remove(ServerSubscription pattern) {
        patterns--;
        set(pattern.channel(), null);
        if (patterns == 0) {
            table = new Entry[16];
            entries = 0;
        }
    }

    private void set(String pattern, @Nullable ServerSubscription subscription) {
        boolean deep = pattern.endsWith(DEEP);
        Entry entry = entry(pattern.substring(0, pattern.length() - (deep ? DEEP : ONE).length()));
        if (deep) {
            entry.deep = subscription;
        } else {
            entry.one = subscription;
        }
    }

    private Entry entry(String prefix) {
        Entry found = find(prefix.hashCode(), prefix, prefix.length());
        if (found != null) {
            return found;
        }
        if (entries >= table.length) {
            grow();
        }
        int at = index(prefix.hashCode(), table.length);
        Entry made = new Entry(prefix, table[at]);
        table[at] = made;
        entries++;
        return made;
    }

    private void grow() {
        @Nullable
        Entry[] larger = new Entry[table.length * 2];
        for (Entry first : table) {
            for (Entry each = first; each != null;) {
                Entry following = each.next;
                int at = index(each.prefix.hashCode(), larger.length);
                each.next = larger[at];
                larger[at] = each;
                each = following;
            }
        }
        table = larger;
    }

    /** {@return the most entries that a lookup compares at one slash of a channel} */
    int mostCompared() {
        int most = 0;
        for (Entry first : table) {
            int length = 0;
            for (Entry each = first; each != null; each = each.next) {
                length++;
            }
            most = Math.max(most, length);
        }
        return most;
    }

    private static int index(int hash, int length) {
        return (hash ^ hash >>> 16) & length - 1;
    }

    private @Nullable Entry find(int hash, String channel, int length) {
        for (Entry each = table[index(hash, table.length)]; each != null; each = each.next) {
            if (each.prefix.length() == length && channel.startsWith(each.prefix)) {
                return each;
            }
        }
        return null;
    }

    /** Adds the patterns that match a channel (section 2.3 of the protocol). */
    void find(String channel, List<ServerSubscription> into) {
        int lastSlash = channel.lastIndexOf('/');
        int hash = 0;
        for (int n = 0; n <= lastSlash; n++) {
            char next = channel.charAt(n);
            if (next == '/') {
                Entry entry = find(hash, channel, n);
                if (entry != null && entry.deep != null) {
                    into.add(entry.deep);
                }
                if (entry != null && n == lastSlash && entry.one != null) {
                    into.add(entry.one);
                }
            }
            // As String.hashCode() does.
            hash = 31 * hash + next;
        }
    }
}
