package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.JsonFormat;
import dev.bayeux.cli.console.Progress;
import dev.bayeux.cli.options.DurationArgument;
import dev.bayeux.cli.options.ServerOptions;
import dev.bayeux.cli.probe.Probe;
import dev.bayeux.cli.probe.ProbeReport;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Inspects a server. */
@Command(name = "probe", customSynopsis = "bayeux probe [OPTIONS] [URL]", header = "Inspect a server: its kind, what it offers, and what is odd.", description = "Connects over long-polling, sends itself a message on a channel below /bayeux-probe/, and tries "
        + "WebSocket. Prints version, connection types, extensions, advice, timings, and cookies without their values. "
        + "In a pipe it prints one line of JSON.", footer = {"  bayeux probe http://localhost:8080/cometd",
                "  bayeux probe $URL | jq .connectionTypes",
                "  bayeux probe $URL | jq -e '.odd == []'", "      fails if there is something odd",
                "  bayeux probe --check --expires-within 14d -q $URL > /dev/null || mail ...",
                "      exits with 10 if something is odd, the certificate included"})
final class ProbeCommand extends ConsoleCommand {

    @Option(names = "--check", description = "Exit with 10 if something is odd.")
    private boolean check;

    @Option(names = "--expires-within", paramLabel = "TIME", converter = DurationArgument.class, defaultValue = "14d", description = "A certificate that expires within this time is odd. Default: ${DEFAULT-VALUE}")
    private Duration expiresWithin = Duration.ofDays(14);

    @Mixin
    private ServerOptions options = new ServerOptions();

    ProbeCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        options.words(console, List.of());
        String server = options.shownUrl();
        ProbeReport report;
        try (Progress progress = console.waitFor("connecting to " + server)) {
            report = new Probe(options.url(), server, watcher -> options.builder(console, watcher),
                    options.connecting(1), options.timeout(), expiresWithin).run(console, progress);
        }
        console.print(console.isForPeople()
                ? report.forPeople(console.palette())
                : JsonFormat.compact(report.asJson().toString()));
        return check && report.isOdd() ? ExitCode.ODD.code() : ExitCode.OK.code();
    }
}
