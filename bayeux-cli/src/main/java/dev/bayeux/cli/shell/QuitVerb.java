package dev.bayeux.cli.shell;

import java.util.List;

/** Leaves the shell. */
final class QuitVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("quit", "exit");
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String help() {
        return "disconnect and leave; Ctrl-D does the same";
    }

    @Override
    public void run(ShellSession session, String arguments) {
        session.leave();
    }
}
