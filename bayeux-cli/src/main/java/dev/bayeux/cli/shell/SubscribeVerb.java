package dev.bayeux.cli.shell;

import java.util.Collection;

/** Subscribes. */
final class SubscribeVerb extends Verb {

    SubscribeVerb() {
        super("CHANNEL...", "print what comes; in a pattern * is one segment, ** are some", "subscribe", "sub");
    }

    @Override
    void run(ShellSession session, String line) throws InterruptedException {
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
    Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels();
    }
}
