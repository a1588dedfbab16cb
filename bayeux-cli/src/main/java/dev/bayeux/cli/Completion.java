package dev.bayeux.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script that lets bash and zsh complete commands, options, values and files. */
final class Completion {

    /** The text that picocli writes for an option whose values it does not know. */
    private static final String NOTHING = "    %s)\n      return\n";
    /** The text that picocli writes for an option of the type Path. */
    private static final String FILES = """
                %s)
                  local IFS=$'\\n'
                  type compopt &>/dev/null && compopt -o filenames
                  COMPREPLY=( $( compgen -f -- "${curr_word}" ) ) # files
                  return $?
            """;

    private Completion() {
    }

    /**
     * Writes the script. Picocli completes files only for options of the type Path. An option that also accepts a
     * hyphen for the standard input, or a password after the name, is a text; its parameter label FILE says that it
     * accepts a file.
     */
    static String script(CommandLine line) {
        String script = AutoComplete.bash("bayeux", line);
        List<OptionSpec> files = Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> option.paramLabel().startsWith("FILE")).toList();
        for (OptionSpec option : files) {
            String names = Stream.of(option.names()).map("'%s'"::formatted).collect(Collectors.joining("|"));
            script = script.replace(NOTHING.formatted(names), FILES.formatted(names));
        }
        return script.stripTrailing();
    }
}
