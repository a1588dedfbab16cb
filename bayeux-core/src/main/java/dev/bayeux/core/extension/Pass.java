package dev.bayeux.core.extension;

import dev.bayeux.api.spi.BayeuxMessage;
import dev.bayeux.api.spi.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
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
    private final BiConsumer<Installed, Throwable> failed;
    private int change;
    private int message;
    private int extension;
    private @Nullable BayeuxMessage current;

    /**
     * With no call made.
     *
     * @param failed takes why an extension has failed, once for each call or message
     */
    Pass(List<Installed> order, List<SessionChange> changes, List<BayeuxMessage> messages, boolean outgoing,
            BiConsumer<Installed, Throwable> failed) {
        this.order = order;
        this.changes = changes;
        this.messages = messages;
        this.outcomes = new ArrayList<>(messages.size());
        this.outgoing = outgoing;
        this.failed = failed;
    }

    /** Goes to the next call that is to be made; {@code false} if there is none. */
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

    /** One that is required and still in a call that was given up: it is not called, and no message passes it. */
    private void passStalled(Installed stalled) {
        SessionChange untold = change();
        if (untold == null) {
            TimeoutException cause = new TimeoutException(
                    "It is required, and its call that took too long has not returned yet.");
            failed.accept(stalled, cause);
            end(new HeldBack(stalled.name(), cause));
        } else {
            stalled.miss(untold);
            extension++;
        }
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
        failed.accept(extension(), cause);
        if (change() == null && (extension().isRequired() || outgoing && !current().isMeta()) || isSubscribe()) {
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
