package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.MessagePrinter;
import dev.bayeux.cli.console.TooLateException;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DurationArgument;
import dev.bayeux.cli.options.ReplayOptions;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscribes and prints what comes. */
@Command(name = "sub", header = "Subscribe to channels and print what is published.", description = "Goes on through lost connections and new sessions until Ctrl-C, which disconnects politely; "
        + "a second one ends at once. In a pipe each message is a line "
        + "{\"channel\":\"...\",\"data\":...}, with \"ext\" where the server sends one.", footer = {
                "  bayeux sub http://localhost:8080/cometd /chat/demo",
                "  bayeux sub http://localhost:8080/cometd '/stock/**'",
                "      a pattern: * is one segment more, ** one or more; mind the quotes",
                "  bayeux sub -n 1 --for 30s $URL /build/done && echo built",
                "      wait half a minute for one message", "  bayeux sub --data $URL /stock/eu | jq -r .price",
                "  bayeux sub --bearer-file token.txt --replay earliest https://example.my.salesforce.com/cometd/61.0 \\",
                "          /event/Order__e", "      all that the server still keeps, and then what comes",
                "  bayeux sub --positions seen.txt $URL /event/Order__e >> orders.jsonl",
                "      go on each time where the last run stopped"})
final class SubCommand extends ConsoleCommand {

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CHANNEL", description = "Channels or patterns.")
    private List<String> channels = new ArrayList<>();

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "End after so many messages.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--for", paramLabel = "TIME", converter = DurationArgument.class, description = "End after this time; with --count, exit with 6 if there were fewer.")
    private @Nullable Duration time;

    @Option(names = "--data", description = "Print the data alone, without the channel.")
    private boolean dataOnly;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    SubCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        try (PositionStore positions = replay.open(channels.size());
                BayeuxClient client = options.connect(console, positions)) {
            PullSubscription<JsonValue> subscription = replay.start(channels.getFirst(),
                    client.subscription(channels.toArray(String[]::new)), SubscriptionBuilder::start);
            if (console.isForPeople()) {
                console.note("subscribed to %s; Ctrl-C ends".formatted(String.join(", ", channels)));
            }
            receive(subscription, new MessagePrinter(console, dataOnly));
            return ExitCode.OK.code();
        }
    }

    private void receive(PullSubscription<JsonValue> subscription, MessagePrinter printer)
            throws InterruptedException {
        long deadline = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        for (long n = 0; n < count; n++) {
            Optional<Message<JsonValue>> message = time == null
                    ? Optional.of(subscription.take())
                    : subscription.poll(Duration.ofNanos(deadline - System.nanoTime()));
            if (message.isEmpty()) {
                if (count < Long.MAX_VALUE) {
                    throw new TooLateException("%d of %d messages came in time.".formatted(n, count));
                }
                return;
            }
            printer.print(message.get());
            subscription.commit(message.get());
        }
    }
}
