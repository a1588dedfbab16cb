package dev.bayeux.cli.shell;

import java.util.Collection;

/** Subscribes to channels. */
final class SubscribeVerb extends Verb {

    SubscribeVerb() {
        super("CHANNEL...", "print messages; in a pattern * is one segment, ** one or more", "subscribe", "sub");
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
