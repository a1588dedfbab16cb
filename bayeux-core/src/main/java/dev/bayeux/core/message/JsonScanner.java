package dev.bayeux.core.message;

import jakarta.json.JsonException;

/**
 * Goes over a JSON text once, from piece to piece as its caller says, and builds nothing but what is asked for. All
 * methods throw {@link JsonException} where the text is no JSON; then the scanner is of no more use.
 */
final class JsonScanner {

    private final String text;
    private final int end;
    private final JsonGrammar grammar;
    private int place;
    private int stringStart;
    private int stringEnd;
    private boolean escaped;

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
        this.grammar = new JsonGrammar(text, end);
    }

    /** {@return whether nothing is left but white space, which is passed} */
    boolean isAtEnd() {
        place = grammar.behindWhite(place);
        return place == end;
    }

    /** {@return the next character that is no white space; it is not passed} */
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

    /** Passes over one value of any kind and size, and gives the place of its end. */
    int skipValue() {
        place = grammar.behindValue(place);
        return place;
    }

    /** {@return where the next value begins} */
    int start() {
        peek();
        return place;
    }

    /** Goes back, or on, to a place that {@link #start} or {@link #skipValue} has given. */
    void goTo(int newPlace) {
        place = newPlace;
    }

    /** {@return what stands between two such places} */
    String cut(int from, int to) {
        return text.substring(from, to);
    }

    /** {@return one value, as it stands there} */
    String value() {
        int start = grammar.behindWhite(place);
        place = grammar.behindValue(start);
        return text.substring(start, place);
    }

    /** Passes over the name of a field and its colon; {@link #string} and its like tell the name. */
    void skipName() {
        if (peek() != '"') {
            throw invalid("A name was expected");
        }
        skipString();
        expect(':');
    }

    /** Passes over a string, at which {@link #peek} has seen the quote; {@link #string} and its like tell what it was. */
    void skipString() {
        stringStart = place + 1;
        int escape = grammar.backslashFrom(stringStart);
        place = grammar.behindString(place);
        stringEnd = place - 1;
        escaped = escape < stringEnd;
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

    /** Something else than what was expected comes next. */
    JsonException invalid(String what) {
        return grammar.invalid(what, place);
    }
}
