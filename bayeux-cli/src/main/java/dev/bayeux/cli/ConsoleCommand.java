package dev.bayeux.cli;

import dev.bayeux.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The base class of all commands: has a console, and the layout of the help. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, descriptionHeading = "%n", parameterListHeading = "%nArguments:%n", optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n", versionProvider = Version.class)
abstract class ConsoleCommand implements Callable<Integer> {

    private final Console console;

    ConsoleCommand(Console console) {
        this.console = console;
    }

    @Override
    public final Integer call() throws Exception {
        return run(console);
    }

    /** Runs the command and returns the exit code. */
    abstract int run(Console console) throws Exception;
}
