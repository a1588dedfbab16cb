package dev.bayeux.cli.shell;

import java.util.List;
import java.util.stream.Collectors;

/** Lists the verbs. */
final class HelpVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("help", "?");
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String help() {
        return "this list";
    }

    @Override
    public void run(ShellSession session, String arguments) {
        session.console().print(Verbs.ALL.stream()
                .map(verb -> "  %-26s %s".formatted(verb.names().getFirst() + " " + verb.arguments(), verb.help()))
                .collect(Collectors.joining("\n")));
    }
}
