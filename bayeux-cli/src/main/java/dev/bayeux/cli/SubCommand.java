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

/** Subscribes to channels and prints the deliveries. */
@Command(name = "sub", customSynopsis = "bayeux sub [OPTIONS] [URL] CHANNEL...", header = "Subscribe to channels and print what is published.", description = "Continues after a lost connection and in a new session, until Ctrl-C, which also ends the session. "
        + "A second Ctrl-C ends the command at once. In a pipe each message is a line "
        + "{\"channel\":\"...\",\"data\":...}, with \"ext\" and \"replayId\" if the server sends them.", footer = {
                "  bayeux sub http://localhost:8080/cometd /chat/demo",
                "  bayeux sub http://localhost:8080/cometd '/stock/**'",
                "      a pattern: * stands for one segment, ** for one or more; it needs the quotes",
                "  bayeux sub -n 1 --for 30s $URL /build/done && echo built",
                "      waits half a minute for one message", "  bayeux sub --data $URL /stock/eu | jq -r .price",
                "  bayeux sub -f '%%t %%c %%d' $URL '/stock/**' --exclude '/stock/test/*'",
                "      prints time, channel and data, without some of the channels",
                "  bayeux sub --end $URL /event/Order__e", "      prints what the server has kept, and ends",
                "  bayeux sub --bearer-file token.txt --replay earliest \\",
                "          https://example.my.salesforce.com/cometd/61.0 /event/Order__e",
                "      prints what the server has kept, and then what is published",
                "  bayeux sub --positions seen.txt $URL /event/Order__e >> orders.jsonl",
                "      continues after the last message of the previous run"})
final class SubCommand extends ConsoleCommand {

    /** The idle time of {@code --end}: a server sends the messages that it has kept without pauses between them. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "CHANNEL", description = "Channels or patterns, each begins with /.")
    private List<String> channels = new ArrayList<>();

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "End after N messages.")
    private @Nullable Long count;

    @Option(names = "--for", paramLabel = "TIME", converter = DurationArgument.class, description = "End after this time. With --count, exit with 6 if fewer messages came.")
    private @Nullable Duration time;

    @Option(names = "--idle", paramLabel = "TIME", converter = DurationArgument.class, description = "End when no message has come for this time. With --count, exit with 6 if fewer messages came.")
    private @Nullable Duration idle;

    @Option(names = {"-e",
            "--end"}, description = "End after the last message that the server has kept. Means --replay earliest --idle 2s, unless these options are given.")
    private boolean end;

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Leave out messages on channels that match. The option can be repeated.")
    private List<String> excluded = new ArrayList<>();

    @Option(names = "--data", description = "Print only the data of each message.")
    private boolean dataOnly;

    @Option(names = {"-f",
            "--format"}, paramLabel = "FORMAT", description = "Print this line for each message. %%t is the time of receipt, %%c the channel, %%d the data as JSON, "
                    + "%%s the data with a text unquoted, %%r the replay id, %%i the id, %%e the ext, %%%% a percent sign.")
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
