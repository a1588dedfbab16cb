package dev.bayeux.cli.shell;

import dev.bayeux.cli.options.JsonArgument;
import java.util.Collection;

/** Publishes JSON. */
final class PublishVerb extends Verb {

    PublishVerb() {
        super("CHANNEL JSON", "publish JSON, and wait until the server has accepted it", "publish", "pub");
    }

    @Override
    void run(ShellSession session, String line) throws InterruptedException {
        Arguments arguments = Arguments.of(line);
        if (arguments.rest().isEmpty()) {
            throw usage();
        }
        session.client().publish(session.checked(arguments.first(), false),
                JsonArgument.parse(arguments.rest()));
        session.remember(arguments.first());
        session.done("published to " + arguments.first());
    }

    @Override
    Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels();
    }
}
