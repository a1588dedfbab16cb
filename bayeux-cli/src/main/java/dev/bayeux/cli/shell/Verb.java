package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;

/** What a line of the shell can ask for. */
interface Verb {

    /** {@return its name, and others that mean the same} */
    List<String> names();

    /** {@return what follows the name, as the help shows it} */
    String arguments();

    /** {@return what it does, in a few words} */
    String help();

    /**
     * Does it.
     *
     * @param session whose client
     * @param arguments what follows the name, stripped
     * @throws InterruptedException if the user does not want to wait
     * @throws IllegalArgumentException if the arguments cannot be used; the text says how it is done
     */
    void run(ShellSession session, String arguments) throws InterruptedException;

    /**
     * Suggests.
     *
     * @param session whose client
     * @return what the first argument can be
     */
    default Collection<String> firstArguments(ShellSession session) {
        return List.of();
    }

    /** {@return the usage as an exception} */
    default IllegalArgumentException usage() {
        return new IllegalArgumentException("Usage: %s %s".formatted(names().getFirst(), arguments()).strip());
    }
}
