package dev.bayeux.core.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an array element that is not valid JSON, by its brackets and strings alone, and reads its channel and id.
 * Serves one element.
 */
final class ElementCutter {

    private static final int SHOWN = 200;

    private static final Pattern SECRET = Pattern
            .compile("(?i)(\"(?:client[-_]?id|sid|[^\"]*(?:token|passw|passphrase|pwd|"
                    + "secret|credential|auth|bearer|jwt|signature|api[-_]?key|private[-_]?key|session[-_]?id|cookie)[^\"]*)\""
                    + "\\s*:\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*+(?:\"|$)|[^,}\\]\\s]++)");

    private final String text;
    private final int end;
    private final Nesting nesting = new Nesting();
    private @Nullable String channel;
    private @Nullable String id;
    private boolean reply;
    private boolean data;

    ElementCutter(String text, int end) {
        this.text = text;
        this.end = end;
    }

    /**
     * Returns the place of the comma or bracket that follows an element; the end of the text, if the element is an object and
     * nothing follows. Throws if brackets and strings do not determine the end.
     */
    int end(int from) {
        int n = from;
        while (n < end) {
            char c = text.charAt(n);
            switch (c) {
                case '"' -> n = afterString(n);
                case '{', '[' -> {
                    nesting.enter(c == '{');
                    n++;
                }
                case '}', ']' -> {
                    if (nesting.isOutside()) {
                        if (c == ']') {
                            return n;
                        }
                        throw unknown(n);
                    }
                    if (nesting.isInObject() != (c == '}')) {
                        throw unknown(n);
                    }
                    nesting.leave();
                    n++;
                }
                case ',' -> {
                    if (nesting.isOutside()) {
                        return n;
                    }
                    n++;
                }
                default -> n++;
            }
        }
        if (nesting.isOutside() && text.charAt(from) == '{') {
            return n;
        }
        throw unknown(n);
    }

    /** Whether the element is a delivery, as far as its fields were found, even if its end was not. */
    boolean isDelivery() {
        return channel == null ? data && !reply : !channel.startsWith(Fields.META) && !reply;
    }

    UnreadableElement describe(int from, int to, String problem) {
        boolean meta = channel != null && channel.startsWith(Fields.META);
        return new UnreadableElement(channel, id, reply, problem, meta ? "" : beginning(from, to));
    }

    private String beginning(int from, int to) {
        // A secret may begin inside the shown part and end after it.
        int last = Math.min(to, from + 2 * SHOWN);
        String shown = SECRET.matcher(text.substring(from, last)).replaceAll("$1\"***\"");
        return shown.length() <= SHOWN && last == to
                ? shown
                : shown.substring(0, Math.min(SHOWN, shown.length())) + "...";
    }

    private int afterString(int from) {
        int quote = closingQuote(from);
        int after = afterWhite(quote + 1);
        if (nesting.depth() == 1 && nesting.isInObject() && after < end && text.charAt(after) == ':') {
            named(from + 1, quote, afterWhite(after + 1));
        }
        return quote + 1;
    }

    private void named(int from, int to, int value) {
        switch (EnvelopeField.of(text, from, to)) {
            case CHANNEL -> channel = string(value);
            case ID -> id = string(value) == null ? number(value) : string(value);
            case SUCCESSFUL -> reply = true;
            case DATA -> data = true;
            default -> {
                // These fields alone show the kind of the message.
            }
        }
    }

    private @Nullable String string(int from) {
        if (from >= end || text.charAt(from) != '"') {
            return null;
        }
        String string = text.substring(from + 1, closingQuote(from));
        return string.indexOf('\\') < 0 ? string : null;
    }

    private @Nullable String number(int from) {
        int n = from;
        while (n < end && text.charAt(n) >= '0' && text.charAt(n) <= '9') {
            n++;
        }
        return n == from ? null : text.substring(from, n);
    }

    private int closingQuote(int from) {
        int n = from + 1;
        while (n < end && text.charAt(n) != '"') {
            n += text.charAt(n) == '\\' ? 2 : 1;
        }
        if (n >= end) {
            throw unknown(end);
        }
        return n;
    }

    private int afterWhite(int from) {
        int n = from;
        while (n < end && text.charAt(n) <= ' ') {
            n++;
        }
        return n;
    }

    private NotJsonException unknown(int place) {
        return new NotJsonException("The end of a broken element was not found, at character " + place + " of "
                + text.length(), place);
    }
}
