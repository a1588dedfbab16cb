package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Progress;
import java.util.List;

/** Makes a new session. */
final class ReconnectVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("reconnect", "connect");
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String help() {
        return "a new session with the same subscriptions";
    }

    @Override
    @SuppressWarnings("try") // closing it takes the line away
    public void run(ShellSession session, String arguments) throws InterruptedException {
        try (Progress progress = session.console().waitFor("connecting to " + session.server())) {
            session.client().reconnect();
        }
        session.done("connected to " + session.server());
    }
}
