package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.options.OutputOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bayeux} without a subcommand: prints the help. */
@Command(name = "bayeux", customSynopsis = "bayeux [OPTIONS] COMMAND [ARGUMENTS]", header = "Talk to Bayeux servers, such as CometD and Faye.", synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", description = "Results go to the standard output: coloured on a terminal, one JSON document a line in a pipe. "
        + "Everything else goes to the standard error.", footer = {"  bayeux probe https://example.org/cometd",
                "      shows what kind of server that is",
                "  bayeux sub https://example.org/cometd /stock/eu /stock/us", "      prints what is published there",
                "  bayeux pub https://example.org/cometd /chat/demo '{\"user\":\"ann\",\"text\":\"hi\"}'",
                "      publishes a message", "  bayeux sub -n 1 https://example.org/cometd /stock/eu | jq .data.price",
                "      waits for one message and prints a part of it", "  bayeux shell https://example.org/cometd",
                "      opens an interactive shell", "  bayeux demo --serve",
                "      runs a small server on this machine to try things on", "",
                "Help on one command: bayeux help sub"})
final class BayeuxCommand extends ConsoleCommand {

    /** Every command accepts these options, before its name and after it. */
    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BayeuxCommand(Console console) {
        super(console);
    }

    OutputOptions output() {
        return output;
    }

    @Override
    int run(Console console) {
        console.error(spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing());
        return ExitCode.USAGE.code();
    }
}
