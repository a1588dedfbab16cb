package dev.bayeux.core.message;

import dev.bayeux.api.error.BayeuxException;
import org.jspecify.annotations.Nullable;

/**
 * Reports a delivery that is not JSON and has no end that could be found, so the rest of the reply is unreadable too. Two of
 * them can be compared: a server that sends the same delivery twice would send it for ever, while a network cuts replies off
 * at different places.
 */
public final class BrokenDeliveryException extends NotJsonException {

    private static final long serialVersionUID = 1L;

    private final int length;
    private final int hash;

    BrokenDeliveryException(NotJsonException fault, String body, int from) {
        super(String.valueOf(fault.getMessage()), fault.place());
        String text = body.substring(from, Math.min(fault.place(), body.length()));
        // No text is kept, since it may be long and secret.
        this.length = text.length();
        this.hash = text.hashCode();
    }

    /** {@return the broken delivery that made a reply unreadable, {@code null} if none did} */
    public static @Nullable BrokenDeliveryException of(@Nullable BayeuxException failure) {
        return failure != null && failure.getCause() instanceof BrokenDeliveryException broken ? broken : null;
    }

    /** {@return whether both have the same text up to the fault} */
    public boolean isSameAs(@Nullable BrokenDeliveryException other) {
        return other != null && length == other.length && hash == other.hash;
    }
}
