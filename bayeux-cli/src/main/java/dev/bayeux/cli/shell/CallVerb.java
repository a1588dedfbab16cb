package dev.bayeux.cli.shell;

import dev.bayeux.cli.options.JsonArgument;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;

/** Calls a service. */
final class CallVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("call");
    }

    @Override
    public String arguments() {
        return "CHANNEL [JSON]";
    }

    @Override
    public String help() {
        return "call a service below /service/ and print its answer";
    }

    @Override
    public void run(ShellSession session, String line) throws InterruptedException {
        Arguments arguments = Arguments.of(line);
        if (arguments.first().isEmpty()) {
            throw usage();
        }
        JsonValue data = arguments.rest().isEmpty() ? JsonValue.NULL : JsonArgument.parse(arguments.rest());
        String answer = session.client().call(arguments.first(), data).toString();
        session.remember(arguments.first());
        session.console().printJson(answer);
    }

    @Override
    public Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels().stream().filter(channel -> channel.startsWith("/service/")).toList();
    }
}
