package dev.bayeux.core.extension;

import dev.bayeux.api.spi.BayeuxMessage;
import dev.bayeux.api.spi.SessionChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk of a batch through the extensions: first the changes of the session that happened before it, then each
 * message through each extension. A plan of calls and what came of them, without threads: whoever makes a call asks for
 * the next one and says how it ended. Guarded by the chain.
 */
final class Pass {

    /** What came of one message. */
    record Outcome(BayeuxMessage message, @Nullable HeldBack heldBack) {}

    /** Who held a message back, and what it threw, if it did. */
    record HeldBack(String extension, @Nullable Throwable cause) {}

    private final List<Installed> order;
    private final List<SessionChange> changes;
    private final List<BayeuxMessage> messages;
    private final List<Outcome> outcomes;
    private final boolean outgoing;
    private int change;
    private int message;
    private int extension;
    private @Nullable BayeuxMessage current;

    Pass(List<Installed> order, List<SessionChange> changes, List<BayeuxMessage> messages, boolean outgoing) {
        this.order = order;
        this.changes = changes;
        this.messages = messages;
        this.outcomes = new ArrayList<>(messages.size());
        this.outgoing = outgoing;
    }

    /** Goes to the next call that is to be made; {@code false} if there is none. */
    boolean next() {
        while (change < changes.size() || message < messages.size()) {
            if (extension < order.size()) {
                if (order.get(extension).isUsable()) {
                    return true;
                }
                extension++;
            } else if (change < changes.size()) {
                change++;
                extension = 0;
            } else {
                end(null);
            }
        }
        return false;
    }

    private void end(@Nullable HeldBack heldBack) {
        outcomes.add(new Outcome(current(), heldBack));
        message++;
        extension = 0;
        current = null;
    }

    Installed extension() {
        return order.get(extension);
    }

    /** The change to be told of, {@code null} if the call is about a message. */
    @Nullable
    SessionChange change() {
        return change < changes.size() ? changes.get(change) : null;
    }

    BayeuxMessage current() {
        return current == null ? messages.get(message) : current;
    }

    boolean isOutgoing() {
        return outgoing;
    }

    /** The call has returned. */
    void returned(@Nullable BayeuxMessage result) {
        if (change() != null) {
            extension++;
        } else if (result == null) {
            end(new HeldBack(extension().name(), null));
        } else {
            current = result;
            extension++;
        }
    }

    /** The call has thrown, or was given up: what asks the server for something must not leave half made. */
    void failed(Throwable cause) {
        if (change() == null && outgoing && !current().isMeta() || isSubscribe()) {
            end(new HeldBack(extension().name(), cause));
        } else {
            extension++;
        }
    }

    private boolean isSubscribe() {
        return change() == null && outgoing && current().channel().equals("/meta/subscribe");
    }

    List<Outcome> outcomes() {
        return outcomes;
    }
}
