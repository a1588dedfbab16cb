package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.LineFormat;
import dev.bayeux.cli.console.MessagePrinter;
import dev.bayeux.cli.console.TooLateException;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DurationArgument;
import dev.bayeux.cli.options.ReplayOptions;
import dev.bayeux.cli.options.Wildcard;
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
@Command(name = "sub", customSynopsis = "bayeux sub [OPTIONS] [URL] CHANNEL...", header = "Subscribe to channels and print what is published.", description = "Goes on through lost connections and new sessions until Ctrl-C, which disconnects politely; "
        + "a second one ends at once. In a pipe each message is a line "
        + "{\"channel\":\"...\",\"data\":...}, with \"ext\" and \"replayId\" where the server sends them.", footer = {
                "  bayeux sub http://localhost:8080/cometd /chat/demo",
                "  bayeux sub http://localhost:8080/cometd '/stock/**'",
                "      a pattern: * is one segment more, ** one or more; mind the quotes",
                "  bayeux sub -n 1 --for 30s $URL /build/done && echo built",
                "      wait half a minute for one message", "  bayeux sub --data $URL /stock/eu | jq -r .price",
                "  bayeux sub -f '%%t %%c %%d' $URL '/stock/**' --exclude '/stock/test/*'",
                "      time, channel and data, without some of the channels",
                "  bayeux sub --end $URL /event/Order__e", "      what the server has kept, and then end",
                "  bayeux sub --bearer-file token.txt --replay earliest \\",
                "          https://example.my.salesforce.com/cometd/61.0 /event/Order__e",
                "      all that the server still keeps, and then what comes",
                "  bayeux sub --positions seen.txt $URL /event/Order__e >> orders.jsonl",
                "      go on each time where the last run stopped"})
final class SubCommand extends ConsoleCommand {

    /** A server delivers what it has kept at once. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "CHANNEL", description = "Channels or patterns.")
    private List<String> channels = new ArrayList<>();

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "End after so many messages.")
    private @Nullable Long count;

    @Option(names = "--for", paramLabel = "TIME", converter = DurationArgument.class, description = "End after this time; with --count, exit with 6 if there were fewer.")
    private @Nullable Duration time;

    @Option(names = "--idle", paramLabel = "TIME", converter = DurationArgument.class, description = "End when no message has come for this time; with --count, exit with 6 if there were fewer.")
    private @Nullable Duration idle;

    @Option(names = {"-e",
            "--end"}, description = "End at the last message that the server has kept: as --replay earliest --idle 2s, where nothing else is said.")
    private boolean end;

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Leave out messages on these channels, any number of times.")
    private List<String> excluded = new ArrayList<>();

    @Option(names = "--data", description = "Print the data alone, without the channel.")
    private boolean dataOnly;

    @Option(names = {"-f",
            "--format"}, paramLabel = "FORMAT", description = "Print this line for each message: %%t is the time of receipt, %%c the channel, %%d the data as JSON, "
                    + "%%s the same with a text as it is, %%r the replay id, %%i the id, %%e the ext, %%%% a percent sign.")
    private @Nullable String format;

    @Option(names = "--time", description = "In a pipe, add the time of receipt: \"time\":\"2026-01-31T09:30:00.123Z\".")
    private boolean withTime;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    SubCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        List<String> wanted = options.words(console, List.of("CHANNEL", "[CHANNEL]..."),
                channels.toArray(String[]::new));
        wanted.forEach(channel -> options.checked(channel, true));
        List<Wildcard> without = excluded.stream().flatMap(String::lines).map(Wildcard::of).toList();
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--count must be at least 1.");
        }
        MessagePrinter printer = new MessagePrinter(console, dataOnly, withTime,
                format == null ? null : new LineFormat(format));
        if (end) {
            replay.earliestUnlessSaid();
        }
        try (PositionStore positions = replay.open(wanted.size());
                BayeuxClient client = options.connect(console, positions)) {
            PullSubscription<JsonValue> subscription = replay.start(wanted.getFirst(),
                    client.subscription(wanted.toArray(String[]::new)), SubscriptionBuilder::start);
            if (console.isForPeople()) {
                console.event("subscribed to %s; Ctrl-C ends".formatted(String.join(", ", wanted)));
            }
            receive(subscription, printer, without);
            return ExitCode.OK.code();
        }
    }

    private void receive(PullSubscription<JsonValue> subscription, MessagePrinter printer, List<Wildcard> without)
            throws InterruptedException {
        Duration quiet = idle == null && end ? QUIET : idle;
        long deadline = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        long printed = 0;
        while (count == null || printed < count) {
            Optional<Message<JsonValue>> message = next(subscription, deadline, quiet);
            if (message.isEmpty()) {
                if (count != null) {
                    throw new TooLateException("%d of %d messages came in time.".formatted(printed, count));
                }
                return;
            }
            if (without.stream().noneMatch(each -> each.matches(message.get().channel()))) {
                printer.print(message.get());
                printed++;
            }
            subscription.commit(message.get());
        }
    }

    private Optional<Message<JsonValue>> next(PullSubscription<JsonValue> subscription, long deadline,
            @Nullable Duration quiet) throws InterruptedException {
        if (time == null && quiet == null) {
            return Optional.of(subscription.take());
        }
        long left = time == null ? Long.MAX_VALUE : deadline - System.nanoTime();
        return subscription.poll(Duration.ofNanos(quiet == null ? left : Math.min(left, quiet.toNanos())));
    }
}
