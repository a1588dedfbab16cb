package dev.bayeux.core.extension;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that take one batch through the extensions: first the changes of the session that happened before the batch,
 * then each message through each extension. Has no threads: the caller asks for the next call, makes it, and reports its
 * result. Guarded by the chain's lock.
 */
final class Pass {

    /** The result for one message. */
    record Outcome(BayeuxMessage message, @Nullable HeldBack heldBack) {}

    /** The extension that held a message back, and its exception if it threw one. */
    record HeldBack(String extension, @Nullable Throwable cause) {}

    private final List<InstalledExtension> order;
    private final List<SessionChange> changes;
    private final List<BayeuxMessage> messages;
    private final List<Outcome> outcomes;
    private final boolean outgoing;
    private final BiConsumer<InstalledExtension, Throwable> failed;
    private int change;
    private int message;
    private int extension;
    private @Nullable BayeuxMessage current;

    /**
     * Makes a pass whose first call is still to be made; {@code failed} takes why an extension has failed, once for each call
     * or message.
     */
    Pass(List<InstalledExtension> order, List<SessionChange> changes, List<BayeuxMessage> messages, boolean outgoing,
            BiConsumer<InstalledExtension, Throwable> failed) {
        this.order = order;
        this.changes = changes;
        this.messages = messages;
        this.outcomes = new ArrayList<>(messages.size());
        this.outgoing = outgoing;
        this.failed = failed;
    }

    /** Advances to the next call; {@code false} if none is left. */
    boolean next() {
        while (change < changes.size() || message < messages.size()) {
            if (extension < order.size()) {
                if (order.get(extension).isStalled()) {
                    passStalled(order.get(extension));
                } else if (order.get(extension).isLeftOut()) {
                    extension++;
                } else {
                    return true;
                }
            } else if (change < changes.size()) {
                change++;
                extension = 0;
            } else {
                end(null);
            }
        }
        return false;
    }

    /** Skips a required extension that is still in an abandoned call, and holds the message back. */
    private void passStalled(InstalledExtension stalled) {
        SessionChange change = change();
        if (change == null) {
            TimeoutException cause = new TimeoutException(
                    "It is required, and its call that took too long has not returned yet.");
            failed.accept(stalled, cause);
            end(new HeldBack(stalled.name(), cause));
        } else {
            stalled.miss(change);
            extension++;
        }
    }

    private void end(@Nullable HeldBack heldBack) {
        outcomes.add(new Outcome(current(), heldBack));
        message++;
        extension = 0;
        current = null;
    }

    InstalledExtension extension() {
        return order.get(extension);
    }

    /** The change of the session that the call reports, {@code null} if the call is about a message. */
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

    /**
     * Records that the call threw or was abandoned. Holds a request back, since it must not be sent without the changes of
     * this extension.
     */
    void failed(Throwable cause) {
        failed.accept(extension(), cause);
        if (change() == null && (extension().isRequired() || outgoing && !current().isMeta()) || isSubscribe()) {
            end(new HeldBack(extension().name(), cause));
        } else {
            extension++;
        }
    }

    /** Leaves the changes of the session that were not reported to the next pass. */
    void keepChanges() {
        while (change < changes.size()) {
            for (; extension < order.size(); extension++) {
                if (!order.get(extension).isLeftOut()) {
                    order.get(extension).miss(changes.get(change));
                }
            }
            extension = 0;
            change++;
        }
    }

    private boolean isSubscribe() {
        return change() == null && outgoing && current().channel().equals("/meta/subscribe");
    }

    List<Outcome> outcomes() {
        return outcomes;
    }
}
