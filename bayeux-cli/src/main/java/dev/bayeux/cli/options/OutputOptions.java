package dev.bayeux.cli.options;

import dev.bayeux.cli.console.ColourChoice;
import dev.bayeux.cli.console.Console;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands for the output. */
public final class OutputOptions {

    @Option(names = "--color", scope = ScopeType.INHERIT, paramLabel = "WHEN", defaultValue = "auto", description = "Colours: ${COMPLETION-CANDIDATES}. auto means on a terminal, unless NO_COLOR is set. "
            + "always formats for a pipe as for a terminal, for pagers such as less -R.")
    private ColourChoice colours = ColourChoice.AUTO;

    @Option(names = {"-q",
            "--quiet"}, scope = ScopeType.INHERIT, description = "Write only results and failures.")
    private boolean quiet;

    /**
     * Applies these options to the console.
     *
     * @param console the console of the command
     */
    public void apply(Console console) {
        console.configure(colours, quiet);
    }
}
