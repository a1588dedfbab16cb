package dev.bayeux.core.message;

import jakarta.json.JsonException;

/**
 * Finds the end of a JSON value in a text (RFC 8259) without building objects. Does not recurse, so any nesting depth is
 * possible. All methods throw {@link JsonException} where the text is not JSON.
 */
final class JsonGrammar {

    /** Marks the end of the text; cannot occur in JSON outside of strings. */
    private static final char NOTHING = '\0';

    private final String text;
    private final int end;
    private final Nesting nesting = new Nesting();
    private int backslash = -1;

    JsonGrammar(String text, int end) {
        this.text = text;
        this.end = end;
    }

    int behindWhite(int from) {
        int n = from;
        while (n < end && isWhite(text.charAt(n))) {
            n++;
        }
        return n;
    }

    private static boolean isWhite(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    /** Skips white space and one value of any kind and size. */
    int behindValue(int from) {
        nesting.clear();
        int n = behindWhite(from);
        while (true) {
            char first = at(n);
            if (first == '{' || first == '[') {
                boolean object = first == '{';
                n = behindWhite(n + 1);
                if (at(n) != (object ? '}' : ']')) {
                    nesting.enter(object);
                    n = object ? behindName(n) : n;
                    continue;
                }
                n++;
            } else {
                n = behindScalar(n, first);
            }
            // Closes each array or object that ends here, or skips the comma before the next value.
            boolean ended = true;
            while (ended) {
                if (nesting.isOutside()) {
                    return n;
                }
                n = behindWhite(n);
                boolean object = nesting.isInObject();
                char c = at(n);
                if (c == ',') {
                    n = behindWhite(n + 1);
                    n = object ? behindName(n) : n;
                    ended = false;
                } else if (c == (object ? '}' : ']')) {
                    n++;
                    nesting.leave();
                } else {
                    throw invalid("A comma or the end of an object or array was expected", n);
                }
            }
        }
    }

    private int behindName(int from) {
        if (at(from) != '"') {
            throw invalid("A name was expected", from);
        }
        int n = behindWhite(behindString(from));
        if (at(n) != ':') {
            throw invalid("A colon was expected", n);
        }
        return behindWhite(n + 1);
    }

    private int behindScalar(int from, char first) {
        return switch (first) {
            case '"' -> behindString(from);
            case 't' -> behindWord(from, "true");
            case 'f' -> behindWord(from, "false");
            case 'n' -> behindWord(from, "null");
            default -> behindNumber(from);
        };
    }

    /**
     * Skips a string that begins here. Searches for the closing quote with {@code indexOf}, which the JVM vectorizes, instead
     * of testing each character. Accepts the control characters that JSON forbids in strings, since they are unambiguous.
     */
    int behindString(int from) {
        int quote = quoteFrom(from + 1);
        int escape = backslashFrom(from + 1);
        while (escape < quote) {
            int next = escape + Escapes.length(text, escape, end);
            escape = backslashFrom(next);
            if (quote < next) {
                quote = quoteFrom(next);
            }
        }
        return quote + 1;
    }

    private int quoteFrom(int from) {
        int quote = text.indexOf('"', from, end);
        if (quote < 0) {
            throw invalid("", end);
        }
        return quote;
    }

    /** Returns the index of the next backslash, or the end. Caches it, since most texts have few backslashes or none. */
    int backslashFrom(int from) {
        if (backslash < from) {
            int found = text.indexOf('\\', from, end);
            backslash = found < 0 ? end : found;
        }
        return backslash;
    }

    private int behindWord(int from, String word) {
        if (from + word.length() > end || !text.startsWith(word, from)) {
            throw invalid("A value was expected", from);
        }
        return from + word.length();
    }

    private int behindNumber(int from) {
        int n = at(from) == '-' ? from + 1 : from;
        n = at(n) == '0' ? n + 1 : behindDigits(n);
        if (at(n) == '.') {
            n = behindDigits(n + 1);
        }
        if (at(n) == 'e' || at(n) == 'E') {
            char sign = at(n + 1);
            n = behindDigits(sign == '+' || sign == '-' ? n + 2 : n + 1);
        }
        return n;
    }

    private int behindDigits(int from) {
        int n = from;
        while (isDigit(at(n))) {
            n++;
        }
        if (n == from) {
            throw invalid("A value was expected", from);
        }
        return n;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    char at(int n) {
        return n < end ? text.charAt(n) : NOTHING;
    }

    /** Names the index of the fault, and never quotes the text, which may contain a client id. */
    JsonException invalid(String what, int place) {
        return new NotJsonException(
                (place < end ? what : "The text ends too early") + " at character " + place + " of " + text.length(),
                place);
    }
}
