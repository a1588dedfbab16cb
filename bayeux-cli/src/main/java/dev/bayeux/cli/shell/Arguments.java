package dev.bayeux.cli.shell;

/**
 * A first word, and what follows it.
 *
 * @param first empty if there is nothing
 * @param rest stripped
 */
record Arguments(String first, String rest) {

    static Arguments of(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        return new Arguments(parts[0], parts.length < 2 ? "" : parts[1]);
    }
}
