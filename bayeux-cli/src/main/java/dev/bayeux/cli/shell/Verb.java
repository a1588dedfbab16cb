package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;

/** A command of the shell. */
abstract class Verb {

    private final String arguments;
    private final String help;
    private final List<String> names;

    /**
     * Makes a verb with its texts for the help.
     *
     * @param arguments what follows the name
     * @param help the effect, in a few words
     * @param names the name, and others for the same verb
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

    /** {@return the usage, for example {@code publish CHANNEL JSON}} */
    final String form() {
        return "%s %s".formatted(names.getFirst(), arguments).strip();
    }

    /**
     * Runs the verb.
     *
     * @param session the session with the client
     * @param arguments what follows the name, stripped
     * @throws InterruptedException if the user presses Ctrl-C
     * @throws IllegalArgumentException if the arguments cannot be used; the text shows the usage or the reason
     */
    abstract void run(ShellSession session, String arguments) throws InterruptedException;

    /**
     * Suggests values of the first argument.
     *
     * @param session the session with the client
     * @return the suggestions
     */
    Collection<String> firstArguments(ShellSession session) {
        return List.of();
    }

    /** {@return the usage as an exception} */
    final IllegalArgumentException usage() {
        return new IllegalArgumentException("Usage: " + form());
    }
}
