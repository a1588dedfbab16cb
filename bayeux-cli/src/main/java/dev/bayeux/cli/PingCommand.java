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
@Command(name = "ping", header = "Measure round trips: publish, and wait until the message is back.", description = "Subscribes to a channel of its own, unless one is named, and publishes to it. "
        + "Ends with the smallest, the median, the 99th percentile and the largest; in a pipe the last line is "
        + "{\"sent\":...,\"back\":...,\"minMs\":...,\"medianMs\":...,\"p99Ms\":...,\"maxMs\":...}. "
        + "The exit code is 6 if a message did not come back in time.", footer = {
                "  bayeux ping http://localhost:8080/cometd", "  bayeux ping -n 1000 --interval 0 -q $URL | tail -1",
                "      as fast as it goes, and the numbers alone",
                "  bayeux ping -t websocket $URL", "      over WebSocket",
                "  bayeux ping $URL /chat/demo", "      on a channel that one may publish to"})
final class PingCommand extends ConsoleCommand {

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHANNEL", description = "Where to publish; others who listen there see it. Default: one below /bayeux-ping/")
    private @Nullable String channel;

    @Option(names = {"-n",
            "--count"}, paramLabel = "N", defaultValue = "10", description = "How many. Default: ${DEFAULT-VALUE}")
    private int count = 10;

    @Option(names = "--interval", paramLabel = "TIME", defaultValue = "200ms", converter = DurationArgument.class, description = "The pause between two. Default: ${DEFAULT-VALUE}")
    private Duration interval = Duration.ofMillis(200);

    @Mixin
    private ClientOptions options = new ClientOptions();

    PingCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1.");
        }
        List<RoundTrip> trips = new ArrayList<>();
        try (BayeuxClient client = options.connect(console, null)) {
            Pinger pinger = new Pinger(client,
                    channel == null ? "/bayeux-ping/" + UUID.randomUUID().toString().substring(0, 8) : channel,
                    options.timeout());
            do {
                if (!trips.isEmpty()) {
                    Interrupts.pause(interval);
                }
                RoundTrip trip = pinger.ping();
                trips.add(trip);
                console.print(console.isForPeople() ? trip.forPeople() : trip.asJson());
            } while (trips.size() < count);
        } finally {
            // After Ctrl-C too: that is how one ends a long measurement.
            if (!trips.isEmpty()) {
                Statistics all = Statistics.of(trips);
                console.print(console.isForPeople() ? all.forPeople() : all.asJson());
            }
        }
        return trips.stream().allMatch(trip -> trip.delivery().isPresent())
                ? ExitCode.OK.code()
                : ExitCode.TIMED_OUT.code();
    }
}
