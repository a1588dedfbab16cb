package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Progress;

/** Makes a new session. */
final class ReconnectVerb extends Verb {

    ReconnectVerb() {
        super("", "a new session with the same subscriptions", "reconnect", "connect");
    }

    @Override
    @SuppressWarnings("try") // closing the progress erases its line
    public void run(ShellSession session, String arguments) throws InterruptedException {
        try (Progress progress = session.console().waitFor("connecting to " + session.server())) {
            session.client().reconnect();
        }
        session.done("connected to " + session.server());
    }
}
