package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;

/** What a line of the shell can ask for. */
abstract class Verb {

    private final String arguments;
    private final String help;
    private final List<String> names;

    /**
     * As the help shows it.
     *
     * @param arguments what follows the name
     * @param help what it does, in a few words
     * @param names its name, and others that mean the same
     */
    Verb(String arguments, String help, String... names) {
        this.arguments = arguments;
        this.help = help;
        this.names = List.of(names);
    }

    final List<String> names() {
        return names;
    }

    final String help() {
        return help;
    }

    /** {@return how it is called, for example {@code publish CHANNEL JSON}} */
    final String form() {
        return "%s %s".formatted(names.getFirst(), arguments).strip();
    }

    /**
     * Does it.
     *
     * @param session whose client
     * @param arguments what follows the name, stripped
     * @throws InterruptedException if the user does not want to wait
     * @throws IllegalArgumentException if the arguments cannot be used; the text says how it is done
     */
    abstract void run(ShellSession session, String arguments) throws InterruptedException;

    /**
     * Suggests.
     *
     * @param session whose client
     * @return what the first argument can be
     */
    Collection<String> firstArguments(ShellSession session) {
        return List.of();
    }

    /** {@return the usage as an exception} */
    final IllegalArgumentException usage() {
        return new IllegalArgumentException("Usage: " + form());
    }
}
