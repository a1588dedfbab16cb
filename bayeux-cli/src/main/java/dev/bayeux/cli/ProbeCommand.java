package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.JsonFormat;
import dev.bayeux.cli.console.Progress;
import dev.bayeux.cli.options.ServerOptions;
import dev.bayeux.cli.probe.Probe;
import dev.bayeux.cli.probe.ProbeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at a server. */
@Command(name = "probe", header = "Look at a server: what it is, what it offers, what is odd about it.", description = "Connects over long-polling, sends a message to itself on a channel below /bayeux-probe/, and tries "
        + "WebSocket. Shows version, connection types, extensions, advice, timings, and the cookies by name. "
        + "In a pipe it is one line of JSON.", footer = {"  bayeux probe http://localhost:8080/cometd",
                "  bayeux probe $URL | jq .connectionTypes",
                "  bayeux probe $URL | jq -e '.odd == []'", "      fails if there is something odd"})
final class ProbeCommand extends ConsoleCommand {

    @Mixin
    private ServerOptions options = new ServerOptions();

    ProbeCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        String server = options.shownUrl();
        ProbeReport report;
        try (Progress progress = console.waitFor("connecting to " + server)) {
            report = new Probe(options.url(), server, () -> options.builder(console), options.timeout()).run(progress);
        }
        console.print(console.isForPeople()
                ? report.forPeople(console.palette())
                : JsonFormat.compact(report.asJson().toString()));
        return ExitCode.OK.code();
    }
}
