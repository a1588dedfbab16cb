package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;

/** Ends subscriptions. */
final class UnsubscribeVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("unsubscribe", "unsub");
    }

    @Override
    public String arguments() {
        return "CHANNEL...";
    }

    @Override
    public String help() {
        return "end subscriptions";
    }

    @Override
    public void run(ShellSession session, String line) {
        if (line.isEmpty()) {
            throw usage();
        }
        for (String channel : line.split("\\s+")) {
            if (!session.unsubscribe(channel)) {
                throw new IllegalArgumentException("There is no subscription to %s.".formatted(channel));
            }
            session.done("unsubscribed from " + channel);
        }
    }

    @Override
    public Collection<String> firstArguments(ShellSession session) {
        return session.subscriptions();
    }
}
