package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;

/** Subscribes. */
final class SubscribeVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("subscribe", "sub");
    }

    @Override
    public String arguments() {
        return "CHANNEL...";
    }

    @Override
    public String help() {
        return "print what comes; in a pattern * is one segment, ** are some";
    }

    @Override
    public void run(ShellSession session, String line) throws InterruptedException {
        if (line.isEmpty()) {
            throw usage();
        }
        for (String channel : line.split("\\s+")) {
            session.done(session.subscribe(channel)
                    ? "subscribed to " + channel
                    : "already subscribed to " + channel);
        }
    }

    @Override
    public Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels();
    }
}
