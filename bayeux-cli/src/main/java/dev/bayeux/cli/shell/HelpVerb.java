package dev.bayeux.cli.shell;

import java.util.stream.Collectors;

/** Prints the list of verbs. */
final class HelpVerb extends Verb {

    HelpVerb() {
        super("", "print this list", "help", "?");
    }

    @Override
    void run(ShellSession session, String arguments) {
        session.console().print(Verbs.ALL.stream()
                .map(verb -> "  %-26s %s".formatted(verb.form(), verb.help()))
                .collect(Collectors.joining("\n")));
    }
}
