package dev.bayeux.cli.shell;

import java.util.Collection;

/** Ends subscriptions. */
final class UnsubscribeVerb extends Verb {

    UnsubscribeVerb() {
        super("CHANNEL...", "end subscriptions", "unsubscribe", "unsub");
    }

    @Override
    void run(ShellSession session, String line) {
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
    Collection<String> firstArguments(ShellSession session) {
        return session.subscriptions();
    }
}
