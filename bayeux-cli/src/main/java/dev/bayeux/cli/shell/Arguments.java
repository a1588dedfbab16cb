package dev.bayeux.cli.shell;

/**
 * A line, split after its first word.
 *
 * @param first the first word, empty if the line is blank
 * @param rest the text after it, stripped
 */
record Arguments(String first, String rest) {

    static Arguments of(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        return new Arguments(parts[0], parts.length < 2 ? "" : parts[1]);
    }
}
