package dev.bayeux.api.error;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure of an HTTP stack whose text cannot be shown as it is: too long, with control characters, or with the
 * value of a header that may be a secret. Has its stack and its causes, and is printed under the name of its class.
 */
final class ShownCause extends Exception {

    private static final long serialVersionUID = 1L;

    /** Stacks repeat a header that they cannot read, or dump all of them. */
    private static final Pattern SECRET_HEADER = Pattern.compile(
            "((?:set-)?cookie2?|(?:proxy-)?authorization)(\\s*[:=]).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Deeper chains are cut: a server can have no part in them, but a program that wraps and wraps may. */
    private static final int DEEPEST = 20;

    private final String name;

    private ShownCause(Throwable original, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.name = original.getClass().getName();
        setStackTrace(original.getStackTrace());
    }

    /** Gives the failure itself if it can be shown with all its causes, and else what stands for it. */
    static @Nullable Throwable of(@Nullable Throwable failure) {
        return of(failure, 0);
    }

    private static @Nullable Throwable of(@Nullable Throwable failure, int depth) {
        if (failure == null || failure instanceof BayeuxException || failure instanceof ShownCause) {
            return failure;
        }
        if (depth > DEEPEST) {
            return null;
        }
        Throwable cause = of(failure.getCause(), depth + 1);
        String text = String.valueOf(failure.getMessage());
        String shown = SafeText.of(SECRET_HEADER.matcher(text).replaceFirst("$1$2 ***"));
        return cause == failure.getCause() && shown.equals(text)
                ? failure
                : new ShownCause(failure, failure.getMessage() == null ? "" : shown, cause);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message stays as it is; the name is that of the original
    public String toString() {
        String text = getMessage();
        return text == null || text.isEmpty() ? name : name + ": " + text;
    }
}
