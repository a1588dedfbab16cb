package dev.bayeux.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What to do when a handler throws. Each failure is told to the listeners, as {@link ClientEvent.HandlerFailed}.
 *
 * <p>With a store of positions ({@link ClientBuilder#replay}) this decides what at least once means: {@link #SKIP} counts
 * the message as handled; {@link #retry} gives it to the handler again, and nothing behind it before; {@link #STOP} leaves
 * the position in front of it, so that the next start of the subscription gets it again.
 *
 * <p>A message that cannot be bound to the handler's type will not be so by trying again: it goes to the end at once.
 *
 * @param retries how long to wait between attempts, and how many there are; empty: there is one only
 * @param end what to do after the last attempt
 */
public record OnHandlerFailure(Optional<Backoff> retries, End end) {

    /** What follows the last attempt. */
    public enum End {

        /** The message counts as handled, and the next one is handled. */
        SKIP,

        /**
         * The subscription is closed in front of the message, and {@link ClientEvent.SubscriptionStopped} tells so.
         */
        STOP
    }

    /** Go on with the next message. The default. */
    public static final OnHandlerFailure SKIP = new OnHandlerFailure(Optional.empty(), End.SKIP);

    /** Close the subscription in front of the message. */
    public static final OnHandlerFailure STOP = new OnHandlerFailure(Optional.empty(), End.STOP);

    /** Refuses {@code null}. */
    public OnHandlerFailure {
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(end, "end");
    }

    /**
     * Give the same message to the handler again, after a wait. The messages behind it wait in the queue meanwhile; closing
     * the subscription or the client ends the wait. After the last attempt the subscription is stopped, unless
     * {@link #thenSkip()} says otherwise.
     *
     * @param backoff the waits; its {@code maxAttempts} is how often the handler is called for one message at most, and
     *            without that and {@code maxTime} there is no end
     * @return what to do
     */
    public static OnHandlerFailure retry(Backoff backoff) {
        return new OnHandlerFailure(Optional.of(backoff), End.STOP);
    }

    /**
     * The same, but after the last attempt the message counts as handled.
     *
     * @return what to do
     */
    public OnHandlerFailure thenSkip() {
        return new OnHandlerFailure(retries, End.SKIP);
    }
}
