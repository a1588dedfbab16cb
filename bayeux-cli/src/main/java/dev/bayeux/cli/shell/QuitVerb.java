package dev.bayeux.cli.shell;

/** Ends the shell. */
final class QuitVerb extends Verb {

    QuitVerb() {
        super("", "disconnect and leave; Ctrl-D does the same", "quit", "exit");
    }

    @Override
    void run(ShellSession session, String arguments) {
        session.leave();
    }
}
