package dev.bayeux.cli.shell;

/** Ends the session. */
final class DisconnectVerb extends Verb {

    DisconnectVerb() {
        super("", "end the session; subscriptions are kept for the next", "disconnect");
    }

    @Override
    void run(ShellSession session, String arguments) {
        session.client().disconnect();
        session.done("disconnected");
    }
}
