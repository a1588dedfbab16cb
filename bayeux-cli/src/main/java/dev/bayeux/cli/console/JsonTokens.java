package dev.bayeux.cli.console;

import java.util.function.IntPredicate;

/**
 * Cuts JSON text into its tokens. Numbers and texts stay as they were written, which a parser would not promise; what is
 * no JSON comes as words, so that nothing that a server sends can fail here.
 */
final class JsonTokens {

    /** What a token is. */
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
        /** {@code true}, {@code false}, {@code null}, or what is no JSON. */
        WORD,
        /** Nothing is left. */
        END
    }

    private final String json;
    private int next;
    private int start;

    JsonTokens(String json) {
        this.json = json;
    }

    /** Goes to the next token. */
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

    /** What comes behind the present token, without going there. */
    Kind peek() {
        int here = start;
        int behind = next;
        Kind kind = next();
        start = here;
        next = behind;
        return kind;
    }

    /**
     * The present token, with nothing in it that a terminal would obey: control characters, which JSON allows in no text,
     * are escaped as JSON has it.
     */
    String text() {
        return escaped(Invisible::isControl);
    }

    /** The same for somebody who reads it: what would be invisible, or turn the text around, is escaped as well. */
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
