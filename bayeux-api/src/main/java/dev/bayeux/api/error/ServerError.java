package dev.bayeux.api.error;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Holds the {@code error} of a reply. If it has the form {@code code:arg,arg:text}, the parts are separate. Otherwise
 * the code is empty and the text is the whole (Bayeux 1.0, section "error"). Immutable.
 *
 * @param code three digits, if the error has that form; servers use the same number for different things
 * @param args the arguments between the first two colons, possibly none
 * @param text the server's text, never {@code null}, possibly empty
 */
public record ServerError(OptionalInt code, List<String> args, String text) {

    /** An empty error, for servers that omit the field. */
    public static final ServerError NONE = new ServerError(OptionalInt.empty(), List.of(), "");

    /** The most arguments that are kept. */
    private static final int MAX_ARGS = 10;

    /** Copies the arguments, at most 10 of them. Text and arguments are cleaned and cut short ({@link SafeText#of}). */
    public ServerError {
        Objects.requireNonNull(code, "code");
        text = SafeText.of(Objects.requireNonNull(text, "text"));
        args = args.stream().limit(MAX_ARGS).map(SafeText::of).toList();
    }

    /**
     * Reads the value of an {@code error} field.
     *
     * @param error any text
     * @return its parts
     */
    public static ServerError parse(String error) {
        int first = error.indexOf(':');
        int second = first < 0 ? -1 : error.indexOf(':', first + 1);
        if (first != 3 || second < 0 || !error.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')) {
            return new ServerError(OptionalInt.empty(), List.of(), error);
        }
        String args = error.substring(first + 1, second);
        return new ServerError(OptionalInt.of(Integer.parseInt(error.substring(0, 3))),
                args.isEmpty() ? List.of() : List.of(args.split(",", MAX_ARGS)), error.substring(second + 1));
    }

    /** {@return the error as the server wrote it, except for what was cleaned or cut} */
    @Override
    public String toString() {
        return code.isEmpty()
                ? text
                : String.format(Locale.ROOT, "%03d:%s:%s", code.getAsInt(), String.join(",", args), text);
    }
}
