package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DurationArgument;
import dev.bayeux.cli.ping.Pinger;
import dev.bayeux.cli.ping.RoundTrip;
import dev.bayeux.cli.ping.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures round trips. */
@Command(name = "ping", customSynopsis = "bayeux ping [OPTIONS] [URL] [CHANNEL]", header = "Measure round trips: publish, and wait until the message is back.", description = "Subscribes to the channel, or to an unused one if none is given, and publishes to it. "
        + "At the end, also after Ctrl-C, prints the smallest, the percentiles and the largest time. "
        + "In a pipe the last line is "
        + "{\"sent\":...,\"back\":...,\"minMs\":...,\"p50Ms\":...,\"p90Ms\":...,\"p99Ms\":...,\"maxMs\":...}. "
        + "The exit code is 6 if a message did not come back in time.", footer = {
                "  bayeux ping http://localhost:8080/cometd", "  bayeux ping --endless $URL",
                "      pings until Ctrl-C", "  bayeux ping -c 1000 --interval 0 -q $URL | tail -1",
                "      pings without a pause and prints the numbers only",
                "  bayeux ping -t websocket --percentiles 50,99,99.9 $URL", "      pings over WebSocket",
                "  bayeux ping $URL /chat/demo", "      pings on a channel to which you may publish"})
final class PingCommand extends ConsoleCommand {

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHANNEL", description = "The channel; its subscribers see the messages. Default: an unused one below /bayeux-ping/")
    private @Nullable String channel;

    @Option(names = {"-c", "-n",
            "--count"}, paramLabel = "N", defaultValue = "10", description = "How many messages to send. Default: ${DEFAULT-VALUE}")
    private long count = 10;

    @Option(names = "--endless", description = "Send messages until Ctrl-C.")
    private boolean endless;

    @Option(names = {"-i",
            "--interval"}, paramLabel = "TIME", defaultValue = "200ms", converter = DurationArgument.class, description = "The pause between two messages. Default: ${DEFAULT-VALUE}")
    private Duration interval = Duration.ofMillis(200);

    @Option(names = "--percentiles", paramLabel = "N", split = ",", defaultValue = "50,90,99", description = "Which percentiles to print, above 0 and up to 100. Default: ${DEFAULT-VALUE}")
    private List<Double> percentiles = new ArrayList<>();

    @Mixin
    private ClientOptions options = new ClientOptions();

    PingCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        List<String> words = options.words(console, List.of("[CHANNEL]"), channel);
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1; --endless pings until Ctrl-C.");
        }
        if (percentiles.stream().anyMatch(each -> !(each > 0 && each <= 100))) {
            throw new IllegalArgumentException("--percentiles must be above 0 and no more than 100.");
        }
        String target = words.isEmpty()
                ? "/bayeux-ping/" + UUID.randomUUID().toString().substring(0, 8)
                : options.checked(words.getFirst(), false);
        Statistics statistics = new Statistics();
        try (BayeuxClient client = options.connect(console, null)) {
            Pinger pinger = new Pinger(client, target, options.timeout());
            do {
                if (statistics.sent() > 0) {
                    Interrupts.pause(interval);
                }
                RoundTrip trip = pinger.ping();
                statistics.add(trip);
                console.print(console.isForPeople() ? trip.forPeople() : trip.asJson());
            } while (endless || statistics.sent() < count);
        } finally {
            // Also after Ctrl-C, which ends a measurement without a limit.
            if (statistics.sent() > 0) {
                console.print(console.isForPeople()
                        ? statistics.forPeople(percentiles)
                        : statistics.asJson(percentiles));
            }
        }
        return statistics.back() == statistics.sent() ? ExitCode.OK.code() : ExitCode.TIMED_OUT.code();
    }
}
