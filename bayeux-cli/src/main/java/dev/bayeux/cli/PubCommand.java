package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Lines;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DataOptions;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes one message, or each line of the standard input. */
@Command(name = "pub", header = "Publish a message, or each line of the standard input.", description = "Ends when the server has accepted everything. At the first line that is refused, or is "
        + "not JSON, it stops and says which; what came before was published. Lines that are there at once are sent "
        + "together, up to 100: when one is refused, those sent with it may be published all the same, and it says "
        + "which. Nothing later is sent.", footer = {
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

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    PubCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        // Before anything is connected.
        JsonValue only = json == null ? null : data.read(json);
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
            console.note("type one %s a line; Ctrl-D ends".formatted(data.kind()));
        }
        Lines input = Lines.of(console.streams());
        LinePublisher publisher = new LinePublisher(client, channel, data::read);
        for (List<String> lines = input.next(TOGETHER); !lines.isEmpty(); lines = input.next(TOGETHER)) {
            publisher.publish(lines);
        }
        return publisher.published();
    }
}
