package dev.bayeux.api;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a subscription does when its handler throws. {@link ClientEvent.HandlerFailed} reports each failure.
 *
 * <p>With a store of positions ({@link ClientBuilder#replay}) this defines "at least once". {@link #SKIP} counts the
 * message as handled. {@link #retry} calls the handler again with the message, and with no later message before.
 * {@link #STOP} leaves the position before the message, so that the next start of the subscription receives it again.
 *
 * <p>A message that cannot be bound to the handler's type is not retried, since a retry would not help.
 * Immutable.
 */
public final class OnHandlerFailure {

    /** Says what follows the last attempt. */
    public enum End {

        /** The message counts as handled, and the next one is handled. */
        SKIP,

        /**
         * The client closes the subscription before the message, and {@link ClientEvent.SubscriptionStopped} reports
         * it.
         */
        STOP
    }

    /** Continues with the next message. The default. */
    public static final OnHandlerFailure SKIP = new OnHandlerFailure(null, End.SKIP);

    /** Closes the subscription before the message. */
    public static final OnHandlerFailure STOP = new OnHandlerFailure(null, End.STOP);

    private final @Nullable Backoff retries;
    private final End end;

    private OnHandlerFailure(@Nullable Backoff retries, End end) {
        this.retries = retries;
        this.end = end;
    }

    /**
     * Calls the handler again with the same message, after a wait. Later messages wait in the queue meanwhile; closing
     * the subscription or the client ends the wait. After the last attempt the subscription stops, unless
     * {@link #thenSkip()} is used.
     *
     * @param backoff the waits; its {@code maxAttempts} is the most calls of the handler for one message, and without
     *            that and {@code maxTime} the retries have no end
     * @return the choice
     */
    public static OnHandlerFailure retry(Backoff backoff) {
        return new OnHandlerFailure(Objects.requireNonNull(backoff, "backoff"), End.STOP);
    }

    /**
     * Returns a copy that counts the message as handled after the last attempt.
     *
     * @return the choice
     */
    public OnHandlerFailure thenSkip() {
        return new OnHandlerFailure(retries, End.SKIP);
    }

    /** {@return the waits between attempts and their number; empty for a single attempt} */
    public Optional<Backoff> retries() {
        return Optional.ofNullable(retries);
    }

    /** {@return what follows the last attempt} */
    public End end() {
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OnHandlerFailure choice && Objects.equals(choice.retries, retries)
                && choice.end == end;
    }

    @Override
    public int hashCode() {
        return Objects.hash(retries, end);
    }

    @Override
    public String toString() {
        return "OnHandlerFailure[%s%s]".formatted(retries == null ? "" : "retry(" + retries + "), then ", end);
    }
}
