package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Lines;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.JsonArgument;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one message, or each line of the standard input. */
@Command(name = "pub", header = "Publish a message, or each line of the standard input.", description = "Ends when the server has accepted everything. At the first message that is refused, or line "
        + "that is not JSON, it stops and says which; what came before was published, nothing after it was.", footer = {
                "  bayeux pub http://localhost:8080/cometd /chat/demo '{\"user\":\"ann\",\"chat\":\"hi\"}'",
                "  bayeux pub --text http://localhost:8080/cometd /log 'disk is full'",
                "      a text that is no JSON: sent as a JSON string",
                "  jq -c '.[]' orders.json | bayeux pub $URL /orders", "      one message a line",
                "  tail -f app.log | bayeux pub --text $URL /log",
                "  bayeux sub --data $URL /a | bayeux pub $OTHER /b", "      from one server to another"})
final class PubCommand extends ConsoleCommand {

    /** What is there at once goes out together. */
    private static final int TOGETHER = 100;

    @Parameters(index = "1", paramLabel = "CHANNEL", description = "Where to publish; not a pattern.")
    private String channel = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "What to publish; without it, each line of the standard input.")
    private @Nullable String json;

    @Option(names = "--text", description = "What is given is a text, not JSON.")
    private boolean text;

    @Mixin
    private ClientOptions options = new ClientOptions();

    PubCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        // Before anything is connected.
        JsonValue only = json == null ? null : value(json);
        try (BayeuxClient client = options.connect(console, null)) {
            long published = 1;
            if (only != null) {
                client.publish(channel, only);
            } else {
                published = publishLines(client, console);
            }
            if (console.isForPeople()) {
                console.note("published %d message%s to %s".formatted(published, published == 1 ? "" : "s", channel));
            }
            return ExitCode.OK.code();
        }
    }

    private long publishLines(BayeuxClient client, Console console) throws InterruptedException {
        if (console.streams().inputIsTerminal()) {
            console.note("type one %s a line; Ctrl-D ends".formatted(text ? "text" : "JSON value"));
        }
        Lines input = new Lines(console.streams().in(), console.streams().charset());
        LinePublisher publisher = new LinePublisher(client, channel, this::value);
        for (List<String> lines = read(input); !lines.isEmpty(); lines = read(input)) {
            publisher.publish(lines);
        }
        return publisher.published();
    }

    private static List<String> read(Lines input) throws InterruptedException {
        try {
            return input.next(TOGETHER);
        } catch (IOException failed) {
            throw new BadInputException("The standard input cannot be read: " + failed.getMessage());
        }
    }

    private JsonValue value(String given) {
        return text ? Json.createValue(given) : JsonArgument.parse(given);
    }
}
