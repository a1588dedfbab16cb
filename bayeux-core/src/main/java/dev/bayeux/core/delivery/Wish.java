package dev.bayeux.core.delivery;

import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.position.Position;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks for when it subscribes.
 *
 * @param channels names and patterns
 * @param type of the data
 * @param queueLimit the most messages that wait
 * @param overflow what becomes of one more
 * @param onHandlerFailure what to do when a handler throws
 * @param manualCommit whether messages that are pulled are handled only when the program says so
 * @param from where to begin; {@code null}: where the store says
 * @param otherwise where to begin if the store has nothing
 */
public record Wish(List<String> channels, Type type, int queueLimit, Overflow overflow,
        OnHandlerFailure onHandlerFailure, boolean manualCommit, @Nullable Position from, Position otherwise) {

    /** Copies the list. */
    public Wish {
        channels = List.copyOf(channels);
    }

    /** The defaults for some channels. */
    public static Wish of(List<String> channels, Type type, int queueLimit, Overflow overflow) {
        return new Wish(channels, type, queueLimit, overflow, OnHandlerFailure.SKIP, false, null, Position.TIP);
    }

    /** The same with another type. */
    public Wish as(Type newType) {
        return new Wish(channels, newType, queueLimit, overflow, onHandlerFailure, manualCommit, from, otherwise);
    }

    /** The same with another queue. */
    public Wish queue(int newLimit, Overflow newOverflow) {
        return new Wish(channels, type, newLimit, newOverflow, onHandlerFailure, manualCommit, from, otherwise);
    }

    /** The same with another way to take failures. */
    public Wish onHandlerFailure(OnHandlerFailure action) {
        return new Wish(channels, type, queueLimit, overflow, action, manualCommit, from, otherwise);
    }

    /** The same with another beginning. */
    public Wish beginning(@Nullable Position newFrom, Position newOtherwise) {
        return new Wish(channels, type, queueLimit, overflow, onHandlerFailure, manualCommit, newFrom, newOtherwise);
    }

    /** The same without anything that counts as handled by itself. */
    public Wish committedByHand() {
        return new Wish(channels, type, queueLimit, overflow, onHandlerFailure, true, from, otherwise);
    }
}
