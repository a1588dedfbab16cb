package dev.bayeux.cli.shell;

import dev.bayeux.cli.options.JsonArgument;
import jakarta.json.JsonValue;
import java.util.Collection;

/** Calls a service. */
final class CallVerb extends Verb {

    CallVerb() {
        super("CHANNEL [JSON]", "call a service below /service/ and print its answer", "call");
    }

    @Override
    void run(ShellSession session, String line) throws InterruptedException {
        Arguments arguments = Arguments.of(line);
        if (arguments.first().isEmpty()) {
            throw usage();
        }
        if (!session.checked(arguments.first(), false).startsWith("/service/")) {
            throw new IllegalArgumentException(
                    "%s is no service: channels of services begin with /service/.".formatted(arguments.first()));
        }
        JsonValue data = arguments.rest().isEmpty() ? JsonValue.NULL : JsonArgument.parse(arguments.rest());
        String answer = session.client().call(arguments.first(), data).toString();
        session.remember(arguments.first());
        session.console().printJson(answer);
    }

    @Override
    Collection<String> firstArguments(ShellSession session) {
        return session.knownChannels().stream().filter(channel -> channel.startsWith("/service/")).toList();
    }
}
