package dev.bayeux.cli.console;

/** The colours of a terminal, or none. */
public enum Palette {

    /** Texts as they are. */
    PLAIN(false),

    /** With the eight colours that every terminal has. */
    COLOURED(true);

    private final boolean coloured;

    Palette(boolean coloured) {
        this.coloured = coloured;
    }

    /**
     * Chooses.
     *
     * @param coloured whether colours are wanted
     * @return the palette
     */
    public static Palette of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    /**
     * {@return the name of a member}
     *
     * @param text what to colour
     */
    String key(String text) {
        return paint("34", text);
    }

    /**
     * {@return a text of JSON}
     *
     * @param text what to colour
     */
    String text(String text) {
        return paint("32", text);
    }

    /**
     * {@return a number}
     *
     * @param text what to colour
     */
    String number(String text) {
        return paint("36", text);
    }

    /**
     * {@return true, false and null}
     *
     * @param text what to colour
     */
    String word(String text) {
        return paint("35", text);
    }

    /**
     * {@return brackets and commas}
     *
     * @param text what to colour
     */
    String mark(String text) {
        return paint("90", text);
    }

    /**
     * {@return what stands above a message}
     *
     * @param text what to colour
     */
    public String heading(String text) {
        return paint("1", text);
    }

    /**
     * {@return what is of less interest}
     *
     * @param text what to colour
     */
    public String faint(String text) {
        return paint("90", text);
    }

    /**
     * {@return what went well}
     *
     * @param text what to colour
     */
    public String good(String text) {
        return paint("32", text);
    }

    /**
     * {@return what to look at}
     *
     * @param text what to colour
     */
    public String warning(String text) {
        return paint("33", text);
    }

    /**
     * {@return what went wrong}
     *
     * @param text what to colour
     */
    public String error(String text) {
        return paint("31", text);
    }

    private String paint(String colour, String text) {
        return coloured && !text.isEmpty() ? "\u001b[%sm%s\u001b[0m".formatted(colour, text) : text;
    }
}
