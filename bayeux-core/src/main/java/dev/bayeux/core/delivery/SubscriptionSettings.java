package dev.bayeux.core.delivery;

import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.position.Position;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a subscription, as the program has made them.
 *
 * @param channels names and patterns
 * @param type of the data
 * @param queueLimit the most messages that wait
 * @param overflow what follows when the queue is full
 * @param onHandlerFailure what to do when a handler throws
 * @param manualCommit whether messages that are pulled are handled only when the program says so
 * @param from where to begin; {@code null}: where the store says
 * @param otherwise where to begin if the store has nothing
 */
public record SubscriptionSettings(List<String> channels, Type type, int queueLimit, Overflow overflow,
        OnHandlerFailure onHandlerFailure, boolean manualCommit, @Nullable Position from, Position otherwise) {

    /** Copies the list. */
    public SubscriptionSettings {
        channels = List.copyOf(channels);
    }

    public static SubscriptionSettings of(List<String> channels, Type type, int queueLimit, Overflow overflow) {
        return new SubscriptionSettings(channels, type, queueLimit, overflow, OnHandlerFailure.SKIP, false, null,
                Position.TIP);
    }

    public SubscriptionSettings as(Type newType) {
        return new SubscriptionSettings(channels, newType, queueLimit, overflow, onHandlerFailure, manualCommit, from,
                otherwise);
    }

    public SubscriptionSettings queue(int newLimit, Overflow newOverflow) {
        return new SubscriptionSettings(channels, type, newLimit, newOverflow, onHandlerFailure, manualCommit, from,
                otherwise);
    }

    public SubscriptionSettings onHandlerFailure(OnHandlerFailure action) {
        return new SubscriptionSettings(channels, type, queueLimit, overflow, action, manualCommit, from, otherwise);
    }

    public SubscriptionSettings beginning(@Nullable Position newFrom, Position newOtherwise) {
        return new SubscriptionSettings(channels, type, queueLimit, overflow, onHandlerFailure, manualCommit, newFrom,
                newOtherwise);
    }

    /** Returns a copy in which a message counts as handled only when it is committed. */
    public SubscriptionSettings committedByHand() {
        return new SubscriptionSettings(channels, type, queueLimit, overflow, onHandlerFailure, true, from, otherwise);
    }
}
