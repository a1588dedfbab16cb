package dev.bayeux.cli.shell;

import java.util.List;

/** Ends the session. */
final class DisconnectVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("disconnect");
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String help() {
        return "end the session; subscriptions are kept for the next";
    }

    @Override
    public void run(ShellSession session, String arguments) {
        session.client().disconnect();
        session.done("disconnected");
    }
}
