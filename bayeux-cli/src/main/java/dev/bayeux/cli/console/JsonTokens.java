package dev.bayeux.cli.console;

import java.util.function.IntPredicate;

/**
 * Splits JSON text into tokens. Numbers and texts keep their spelling, which a parser would not promise. Text that is
 * not JSON becomes words, so no text of a server can fail here.
 */
final class JsonTokens {

    /** The kind of a token. */
    enum Kind {
        /** An opening brace or bracket. */
        OPEN,
        /** A closing brace or bracket. */
        CLOSE,
        /** A comma. */
        COMMA,
        /** A colon. */
        COLON,
        /** A text, with its quotes. */
        TEXT,
        /** A number. */
        NUMBER,
        /** {@code true}, {@code false}, {@code null}, or text that is not JSON. */
        WORD,
        /** The end of the text. */
        END
    }

    private final String json;
    private int next;
    private int start;

    JsonTokens(String json) {
        this.json = json;
    }

    /** Moves to the next token and returns its kind. */
    Kind next() {
        while (next < json.length() && json.charAt(next) <= ' ') {
            next++;
        }
        start = next;
        if (next == json.length()) {
            return Kind.END;
        }
        char c = json.charAt(next++);
        return switch (c) {
            case '{', '[' -> Kind.OPEN;
            case '}', ']' -> Kind.CLOSE;
            case ',' -> Kind.COMMA;
            case ':' -> Kind.COLON;
            case '"' -> {
                endOfText();
                yield Kind.TEXT;
            }
            default -> {
                while (next < json.length() && json.charAt(next) > ' ' && "{}[],:\"".indexOf(json.charAt(next)) < 0) {
                    next++;
                }
                yield c == '-' || c >= '0' && c <= '9' ? Kind.NUMBER : Kind.WORD;
            }
        };
    }

    /** Returns the kind of the token after the present one, without moving. */
    Kind peek() {
        int here = start;
        int behind = next;
        Kind kind = next();
        start = here;
        next = behind;
        return kind;
    }

    /**
     * Returns the present token. Escapes control characters as JSON does, because a terminal would obey them.
     */
    String text() {
        return escaped(Invisible::isControl);
    }

    /**
     * Returns the present token for people. Also escapes characters that are invisible or change the direction of the
     * text.
     */
    String shown() {
        return escaped(c -> Invisible.isControl(c) || Invisible.deceives(c));
    }

    private String escaped(IntPredicate wanted) {
        String token = json.substring(start, next);
        if (token.codePoints().noneMatch(wanted)) {
            return token;
        }
        StringBuilder escaped = new StringBuilder(token.length() + 16);
        token.codePoints().forEach(c -> {
            if (wanted.test(c)) {
                escaped.append(Invisible.escaped(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private void endOfText() {
        while (next < json.length()) {
            char c = json.charAt(next++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && next < json.length()) {
                next++;
            }
        }
    }
}
