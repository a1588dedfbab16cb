package dev.bayeux.core.message;

import jakarta.json.JsonException;

/**
 * Goes over a JSON text once, checks that it is one (RFC 8259), and builds nothing: whoever wants a value remembers
 * where it began. Nothing in here recurses, so nothing is too deep. All methods throw {@link JsonException} where the
 * text is no JSON; then the scanner is of no more use.
 */
final class JsonScanner {

    private static final char NOTHING = '\0';

    private final String text;
    private final int end;
    private final Nesting nesting = new Nesting();
    private int place;
    private int stringStart;
    private int stringEnd;
    private boolean escaped;
    private int backslash = -1;

    /**
     * Over a part of a text.
     *
     * @param text holds JSON
     * @param start where it begins
     * @param end where it ends
     */
    JsonScanner(String text, int start, int end) {
        this.text = text;
        this.place = start;
        this.end = end;
    }

    /** {@return the next character that is no white space; it is not passed} */
    char peek() {
        char c = at(place);
        return c > ' ' ? c : peekBehindWhite();
    }

    private char peekBehindWhite() {
        if (isAtEnd()) {
            throw invalid("The text ends too early");
        }
        return text.charAt(place);
    }

    /** {@return whether nothing is left but white space, which is passed} */
    boolean isAtEnd() {
        while (place < end && isWhite(text.charAt(place))) {
            place++;
        }
        return place == end;
    }

    private static boolean isWhite(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /** {@return whether the next character is this one; if so it is passed} */
    boolean passes(char expected) {
        if (peek() != expected) {
            return false;
        }
        place++;
        return true;
    }

    /** Passes over a character that must come next. */
    void expect(char expected) {
        if (!passes(expected)) {
            throw invalid("A " + expected + " was expected");
        }
    }

    /** {@return where the scanner is: behind what was passed last, or at what {@link #peek} has found} */
    int place() {
        return place;
    }

    /** {@return the text between two places} */
    String cut(int from, int to) {
        return text.substring(from, to);
    }

    /** Passes over one value of any kind and size. */
    void skipValue() {
        nesting.clear();
        do {
            startValue();
        } while (!endsValues());
    }

    /** Passes over a value that holds no others, or over the start of one that does, up to the first of these. */
    private void startValue() {
        while (true) {
            switch (peek()) {
                case '{' -> {
                    place++;
                    if (passes('}')) {
                        return;
                    }
                    nesting.enter(true);
                    skipName();
                }
                case '[' -> {
                    place++;
                    if (passes(']')) {
                        return;
                    }
                    nesting.enter(false);
                }
                case '"' -> {
                    skipString();
                    return;
                }
                case 't' -> {
                    skipWord("true");
                    return;
                }
                case 'f' -> {
                    skipWord("false");
                    return;
                }
                case 'n' -> {
                    skipWord("null");
                    return;
                }
                default -> {
                    skipNumber();
                    return;
                }
            }
        }
    }

    /** After a value: passes over all that end with it. {@return whether none is open, else another value comes next} */
    private boolean endsValues() {
        while (!nesting.isOutside()) {
            boolean object = nesting.isInObject();
            char c = peek();
            if (c == ',') {
                place++;
                if (object) {
                    skipName();
                }
                return false;
            }
            if (c != (object ? '}' : ']')) {
                throw invalid("The end of an object or array, or a comma, was expected");
            }
            place++;
            nesting.leave();
        }
        return true;
    }

    /** Passes over the name of a field and its colon; {@link #string} and its like tell the name. */
    void skipName() {
        if (peek() != '"') {
            throw invalid("A name was expected");
        }
        skipString();
        expect(':');
    }

    /**
     * Passes over a string, which must come next; {@link #string} and its like tell what it was. The JVM looks for a
     * quote many characters at a time, which is why nothing here looks at each: the control characters that JSON forbids
     * in strings are let through, since they cannot be mistaken for anything else.
     */
    void skipString() {
        stringStart = place + 1;
        escaped = false;
        int quote = quoteFrom(stringStart);
        int backslash = backslashFrom(stringStart);
        while (backslash < quote) {
            escaped = true;
            int next = backslash + Escapes.length(text, backslash, end);
            backslash = backslashFrom(next);
            if (quote < next) {
                quote = quoteFrom(next);
            }
        }
        stringEnd = quote;
        place = quote + 1;
    }

    private int quoteFrom(int from) {
        int quote = text.indexOf('"', from, end);
        if (quote < 0) {
            throw invalid("The text ends within a string");
        }
        return quote;
    }

    /** Most texts have few or none, so the last answer holds for many strings. */
    private int backslashFrom(int from) {
        if (backslash < from) {
            int found = text.indexOf('\\', from, end);
            backslash = found < 0 ? end : found;
        }
        return backslash;
    }

    /** {@return the string or name that was passed last} */
    String string() {
        return escaped ? Escapes.resolve(text, stringStart, stringEnd) : text.substring(stringStart, stringEnd);
    }

    /** {@return the same as {@link #string}, without a copy if it was seen before} */
    String string(RecurringTexts texts) {
        return escaped ? string() : texts.cut(text, stringStart, stringEnd);
    }

    /** {@return the field of that name, without a copy of it} */
    EnvelopeField field() {
        if (escaped) {
            String name = string();
            return EnvelopeField.of(name, 0, name.length());
        }
        return EnvelopeField.of(text, stringStart, stringEnd);
    }

    private void skipWord(String word) {
        if (place + word.length() > end || !text.startsWith(word, place)) {
            throw invalid("A value was expected");
        }
        place += word.length();
    }

    private void skipNumber() {
        int n = place;
        if (at(n) == '-') {
            n++;
        }
        n = at(n) == '0' ? n + 1 : behindDigits(n);
        if (at(n) == '.') {
            n = behindDigits(n + 1);
        }
        if (at(n) == 'e' || at(n) == 'E') {
            char sign = at(n + 1);
            n = behindDigits(sign == '+' || sign == '-' ? n + 2 : n + 1);
        }
        place = n;
    }

    private int behindDigits(int first) {
        int n = first;
        while (isDigit(at(n))) {
            n++;
        }
        if (n == first) {
            throw invalid("A value was expected");
        }
        return n;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What stands there; beyond the end something that no JSON has outside of strings. */
    private char at(int n) {
        return n < end ? text.charAt(n) : NOTHING;
    }

    /** Says where, and never what stands there: it may hold a client id. */
    JsonException invalid(String what) {
        return new JsonException("%s at character %d of %d".formatted(what, place, text.length()));
    }
}
