package dev.bayeux.cli.console;

import dev.bayeux.cli.console.JsonTokens.Kind;
import jakarta.json.Json;

/** Reformats JSON text on one line, or over several lines with indentation and colours. Values keep their spelling. */
public final class JsonFormat {

    /** JSON of at most this many characters stays on one line. */
    private static final int SHORT = 60;

    private JsonFormat() {
    }

    /**
     * Removes line ends and other space between tokens.
     *
     * @param json JSON text
     * @return one line
     */
    public static String compact(String json) {
        StringBuilder line = new StringBuilder(json.length());
        JsonTokens tokens = new JsonTokens(json);
        Kind before = Kind.COMMA;
        for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
            if (isValue(before) && isValue(kind)) {
                line.append(' '); // not JSON; the space keeps two values from becoming one
            }
            line.append(tokens.text());
            before = kind;
        }
        return line.toString();
    }

    /**
     * Formats JSON for people.
     *
     * @param json JSON text
     * @param palette colours
     * @return one line or several, without a line end after the last
     */
    public static String pretty(String json, Palette palette) {
        StringBuilder out = new StringBuilder(json.length() * 2);
        JsonTokens tokens = new JsonTokens(json);
        boolean oneLine = compact(json).length() <= SHORT;
        int depth = 0;
        Kind before = Kind.COMMA;
        for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
            Kind after = tokens.peek();
            switch (kind) {
                case OPEN -> {
                    out.append(palette.mark(tokens.shown()));
                    depth++;
                    if (after != Kind.CLOSE) {
                        newLine(out, depth, oneLine, false);
                    }
                }
                case CLOSE -> {
                    depth = Math.max(0, depth - 1);
                    if (before != Kind.OPEN) {
                        newLine(out, depth, oneLine, false);
                    }
                    out.append(palette.mark(tokens.shown()));
                }
                case COMMA -> {
                    out.append(palette.mark(","));
                    newLine(out, depth, oneLine, true);
                }
                case COLON -> out.append(palette.mark(":")).append(' ');
                case TEXT -> out.append(after == Kind.COLON
                        ? palette.key(tokens.shown())
                        : palette.text(tokens.shown()));
                case NUMBER -> out.append(palette.number(tokens.shown()));
                default -> {
                    if (isValue(before)) {
                        out.append(' ');
                    }
                    out.append(palette.word(tokens.shown()));
                }
            }
            before = kind;
        }
        return out.toString();
    }

    /**
     * Writes a text as JSON.
     *
     * @param text any
     * @return the text in quotes, on one line
     */
    public static String quoted(String text) {
        return compact(Json.createValue(text).toString());
    }

    private static boolean isValue(Kind kind) {
        return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.WORD;
    }

    private static void newLine(StringBuilder out, int depth, boolean oneLine, boolean apart) {
        if (!oneLine) {
            out.append('\n').append("  ".repeat(depth));
        } else if (apart) {
            out.append(' ');
        }
    }
}
