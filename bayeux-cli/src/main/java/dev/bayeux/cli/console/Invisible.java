package dev.bayeux.cli.console;

/** Classifies characters that control a terminal, are invisible, or change the direction of the text. */
final class Invisible {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Invisible() {
    }

    /** C0, delete and C1. */
    static boolean isControl(int c) {
        return c < ' ' || c >= 0x7f && c < 0xa0;
    }

    /**
     * Whether a character is invisible, or changes the direction or the line of what follows. The joiners are left alone:
     * emoji and several scripts need them.
     */
    static boolean deceives(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** As JSON writes it: one unit of UTF-16 after the other. */
    static String escaped(int c) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            escaped.append("\\u%04x".formatted((int) unit));
        }
        return escaped.toString();
    }
}
