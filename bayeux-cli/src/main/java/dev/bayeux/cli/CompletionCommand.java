package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes commands and options. */
@Command(name = "completion", customSynopsis = "bayeux completion [OPTIONS]", header = "Print a script that lets bash or zsh complete commands and options.", description = "The script is for both shells. The image has it as a file, too, in share/bash-completion.", footer = {
        "  bayeux completion > ~/.local/share/bash-completion/completions/bayeux",
        "  source <(bayeux completion)", "      for this shell only"})
final class CompletionCommand extends ConsoleCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) {
        console.print(Completion.script(spec.root().commandLine()));
        return ExitCode.OK.code();
    }
}
