package dev.bayeux.core.protocol;

import dev.bayeux.api.error.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages of a reply that the client cannot use, and reports them with one event, since a server may send very
 * many.
 */
final class IgnoredMessages {

    private final Effects effects;
    private final CurrentSession session;
    /** The first message that was ignored; {@code null} if none was. */
    private @Nullable String first;
    private int count;

    IgnoredMessages(Effects effects, CurrentSession session) {
        this.effects = effects;
        this.session = session;
    }

    void add(String what) {
        if (first == null) {
            first = what;
        }
        count++;
    }

    void add(String format, Object about) {
        // Only the first message is described.
        add(first == null ? format.formatted(about) : "");
    }

    /** Reports all messages that were ignored since the last call. */
    void report() {
        if (first != null) {
            String others = count > 1 ? ", and so are %d more messages of that reply".formatted(count - 1) : "";
            effects.reportIgnored(new MalformedMessageException(
                    "%s sent %s; it is ignored%s.".formatted(session.server(), first, others), null));
            first = null;
            count = 0;
        }
    }
}
