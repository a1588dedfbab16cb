package dev.bayeux.cli.console;

/** The colours of a terminal, or none. */
public enum Palette {

    /** Texts as they are. */
    PLAIN(false),

    /** Texts in basic colours, grey or bold. */
    COLOURED(true);

    private final boolean coloured;

    Palette(boolean coloured) {
        this.coloured = coloured;
    }

    /**
     * Chooses a palette.
     *
     * @param coloured whether colours are wanted
     * @return the palette
     */
    public static Palette of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    /**
     * {@return the name of a member, coloured}
     *
     * @param text the text to colour
     */
    String key(String text) {
        return paint("34", text);
    }

    /**
     * {@return a text of JSON, coloured}
     *
     * @param text the text to colour
     */
    String text(String text) {
        return paint("32", text);
    }

    /**
     * {@return a number, coloured}
     *
     * @param text the text to colour
     */
    String number(String text) {
        return paint("36", text);
    }

    /**
     * {@return {@code true}, {@code false} or {@code null}, coloured}
     *
     * @param text the text to colour
     */
    String word(String text) {
        return paint("35", text);
    }

    /**
     * {@return a bracket, comma or colon, coloured}
     *
     * @param text the text to colour
     */
    String mark(String text) {
        return paint("90", text);
    }

    /**
     * {@return a heading, in bold}
     *
     * @param text the text to colour
     */
    public String heading(String text) {
        return paint("1", text);
    }

    /**
     * {@return text of less interest, in grey}
     *
     * @param text the text to colour
     */
    public String faint(String text) {
        return paint("90", text);
    }

    /**
     * {@return a good result, coloured}
     *
     * @param text the text to colour
     */
    public String good(String text) {
        return paint("32", text);
    }

    /**
     * {@return a warning, coloured}
     *
     * @param text the text to colour
     */
    public String warning(String text) {
        return paint("33", text);
    }

    /**
     * {@return an error, coloured}
     *
     * @param text the text to colour
     */
    public String error(String text) {
        return paint("31", text);
    }

    private String paint(String colour, String text) {
        return coloured && !text.isEmpty() ? "\u001b[%sm%s\u001b[0m".formatted(colour, text) : text;
    }
}
