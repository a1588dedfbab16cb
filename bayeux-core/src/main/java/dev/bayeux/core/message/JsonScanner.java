package dev.bayeux.core.message;

import jakarta.json.JsonException;

/**
 * Scans a JSON text once, step by step as the caller asks, and builds only the requested values. All methods throw
 * {@link JsonException} where the text is not JSON; after that the scanner must not be used.
 */
final class JsonScanner {

    private final String text;
    private final int end;
    private final JsonGrammar grammar;
    private int place;
    private int stringStart;
    private int stringEnd;
    private boolean escaped;

    JsonScanner(String text, int start, int end) {
        this.text = text;
        this.place = start;
        this.end = end;
        this.grammar = new JsonGrammar(text, end);
    }

    /** {@return whether only white space is left, which it skips} */
    boolean isAtEnd() {
        place = grammar.behindWhite(place);
        return place == end;
    }

    /** {@return the next character after white space, without skipping it} */
    char peek() {
        char c = grammar.at(place);
        return c > ' ' ? c : peekBehindWhite();
    }

    private char peekBehindWhite() {
        if (isAtEnd()) {
            throw invalid("");
        }
        return text.charAt(place);
    }

    /** {@return whether the next character is this one, which it then skips} */
    boolean passes(char expected) {
        if (peek() != expected) {
            return false;
        }
        place++;
        return true;
    }

    /** Skips a character that must come next. */
    void expect(char expected) {
        if (!passes(expected)) {
            throw invalid("A " + expected + " was expected");
        }
    }

    /** Skips one value of any kind and size, and returns the index of its end. */
    int skipValue() {
        place = grammar.behindValue(place);
        return place;
    }

    /** {@return where the next value begins} */
    int start() {
        peek();
        return place;
    }

    /** Moves to an index that {@link #start} or {@link #skipValue} returned. */
    void goTo(int newPlace) {
        place = newPlace;
    }

    /** {@return the text between two such indexes} */
    String cut(int from, int to) {
        return text.substring(from, to);
    }

    String value() {
        int start = grammar.behindWhite(place);
        place = grammar.behindValue(start);
        return text.substring(start, place);
    }

    /** Skips the name of a field and its colon; {@link #string} and its variants return the name. */
    void skipName() {
        if (peek() != '"') {
            throw invalid("A name was expected");
        }
        skipString();
        expect(':');
    }

    /** Skips a string whose quote {@link #peek} returned; {@link #string} and its variants return its value. */
    void skipString() {
        stringStart = place + 1;
        int escape = grammar.backslashFrom(stringStart);
        place = grammar.behindString(place);
        stringEnd = place - 1;
        escaped = escape < stringEnd;
    }

    /** {@return the last string or name that was skipped} */
    String string() {
        return escaped ? Escapes.resolve(text, stringStart, stringEnd) : text.substring(stringStart, stringEnd);
    }

    /** {@return the same as {@link #string}, without a copy if the text was seen before} */
    String string(RecurringTexts texts) {
        return escaped ? string() : texts.cut(text, stringStart, stringEnd);
    }

    /** {@return the field of that name, without copying the name} */
    EnvelopeField field() {
        if (escaped) {
            String name = string();
            return EnvelopeField.of(name, 0, name.length());
        }
        return EnvelopeField.of(text, stringStart, stringEnd);
    }

    JsonException invalid(String what) {
        return grammar.invalid(what, place);
    }
}
