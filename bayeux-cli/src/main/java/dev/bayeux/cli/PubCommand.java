package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Lines;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DataOptions;
import dev.bayeux.cli.options.RateArgument;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one message, or each line of the standard input. */
@Command(name = "pub", customSynopsis = "bayeux pub [OPTIONS] [URL] CHANNEL [JSON]", header = "Publish a message, or each line of the standard input.", description = "Ends when the server has accepted all messages. Stops at the first line that is not JSON, "
        + "or that the server refuses, and names it; the lines before it were published. Up to 100 lines that can be "
        + "read without waiting are sent together. If the server refuses one of them, it may have accepted others, and "
        + "the command says which. Lines after them are not sent. On a terminal a line that is not JSON is skipped.", footer = {
                "  bayeux pub http://localhost:8080/cometd /chat/demo '{\"user\":\"ann\",\"text\":\"hi\"}'",
                "  bayeux pub --text http://localhost:8080/cometd /log 'disk is full'",
                "      sends a text as a JSON string",
                "  bayeux pub $URL /orders @order.json", "      sends a whole file as one message",
                "  jq -c '.[]' orders.json | bayeux pub $URL /orders", "      sends each line as a message",
                "  tail -f app.log | bayeux pub --text $URL /log",
                "  bayeux pub --repeat 100 --rate 10 $URL /test 1", "      sends a hundred messages, ten a second",
                "  bayeux sub --data $URL /a | bayeux pub $OTHER /b", "      copies from one server to another"})
final class PubCommand extends ConsoleCommand {

    /** The most lines that leave in one batch. */
    private static final int TOGETHER = 100;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHANNEL", description = "The channel; it cannot be a pattern.")
    private @Nullable String channel;

    @Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "The message: JSON, @FILE, or - for the standard input. Without it, each line of the standard input is a message.")
    private @Nullable String json;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "Publish the message N times. Default: ${DEFAULT-VALUE}")
    private long repeat = 1;

    @Option(names = "--rate", paramLabel = "N", converter = RateArgument.class, description = "Publish at most N messages a second. 600/m means 600 a minute.")
    private @Nullable Duration pause;

    @Option(names = "--echo", description = "Print each message that the server has accepted.")
    private boolean echo;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    PubCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        List<String> words = options.words(console, List.of("CHANNEL", "[JSON]"), channel, json);
        String target = options.checked(words.getFirst(), false);
        if (repeat < 1) {
            throw new IllegalArgumentException("--repeat must be at least 1.");
        }
        // Reads the message before the client connects, so that wrong input fails without a server.
        JsonValue only = data.one(words.size() > 1 ? words.get(1) : null, console.streams());
        if (only == null && options.readsStandardInput()) {
            throw new IllegalArgumentException(
                    "The standard input cannot hold a secret and the messages: give JSON or --file.");
        }
        if (only == null && repeat > 1) {
            throw new IllegalArgumentException("--repeat needs a message: JSON, @FILE or -.");
        }
        try (BayeuxClient client = options.connect(console, null)) {
            long published = only == null
                    ? publishLines(client, target, console)
                    : publish(client, target, only, console);
            if (console.isForPeople()) {
                console.note("published %d message%s to %s".formatted(published, published == 1 ? "" : "s", target));
            }
            return ExitCode.OK.code();
        }
    }

    private long publish(BayeuxClient client, String target, JsonValue message, Console console)
            throws InterruptedException {
        for (long n = 0; n < repeat; n++) {
            pauseAfter(n);
            client.publish(target, message);
            echo(message, console);
        }
        return repeat;
    }

    private void pauseAfter(long published) throws InterruptedException {
        if (pause != null && published > 0) {
            Interrupts.pause(pause);
        }
    }

    private void echo(JsonValue message, Console console) {
        if (echo) {
            console.printJson(message.toString());
        }
    }

    private long publishLines(BayeuxClient client, String target, Console console) throws InterruptedException {
        boolean typed = console.streams().inputIsTerminal();
        if (typed) {
            console.note("type one %s a line; Ctrl-D ends".formatted(data.kind()));
        }
        Lines input = Lines.of(console.streams());
        LinePublisher publisher = new LinePublisher(client, target, data::read, message -> echo(message, console));
        // Typed lines are published one by one: a line that is not JSON would discard the lines after it in the same
        // batch.
        int together = pause == null && !typed ? TOGETHER : 1;
        for (List<String> lines = input.next(together); !lines.isEmpty(); lines = input.next(together)) {
            try {
                publisher.publish(lines);
            } catch (BadInputException wrong) {
                if (!typed) {
                    throw wrong;
                }
                console.error(console.errorPalette().error("! ") + Explanation.of(wrong));
                continue;
            }
            pauseAfter(publisher.published());
        }
        return publisher.published();
    }
}
