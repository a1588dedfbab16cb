package dev.bayeux.cli.shell;

import dev.bayeux.cli.options.JsonArgument;
import java.util.Collection;
import java.util.List;

/** Publishes JSON. */
final class PublishVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("publish", "pub");
    }

    @Override
    public String arguments() {
        return "CHANNEL JSON";
    }

    @Override
    public String help() {
        return "publish JSON, and wait until the server has accepted it";
    }

    @Override
    public void run(ShellSession session, String line) throws InterruptedException {
        Arguments arguments = Arguments.of(line);
        if (arguments.rest().isEmpty()) {
            throw usage();
        }
        session.client().publish(arguments.first(), JsonArgument.parse(arguments.rest()));
        session.remember(arguments.first());
        session.done("published to " + arguments.first());
    }

    @Override
    public Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels();
    }
}
