package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.options.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What every command has: a console, and the options for it. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, descriptionHeading = "%n", parameterListHeading = "%nWhat to name:%n", optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n", versionProvider = Version.class)
abstract class ConsoleCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private OutputOptions output = new OutputOptions();

    ConsoleCommand(Console console) {
        this.console = console;
    }

    @Override
    public final Integer call() throws Exception {
        output.apply(console);
        return run(console);
    }

    /** Does what the command is for; the exit code. */
    abstract int run(Console console) throws Exception;
}
