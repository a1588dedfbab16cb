package dev.bayeux.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Keeps addresses and paths in one piece in the help: picocli breaks lines where {@code BreakIterator} allows it, which is
 * after most punctuation.
 */
final class HelpText {

    /** The JDK breaks no line at this character, which has no width. */
    private static final String GLUE = "\ufeff";
    private static final Pattern BREAKABLE = Pattern.compile("(?<=[.:,/\\]}?!])(?=\\S)");

    private HelpText() {
    }

    /** Glues the texts of a command, and of those below it. */
    static void glue(CommandLine line) {
        glue(line.getCommandSpec());
        line.getSubcommands().values().forEach(HelpText::glue);
    }

    private static void glue(CommandSpec spec) {
        UsageMessageSpec usage = spec.usageMessage();
        usage.description(glued(usage.description())).footer(glued(usage.footer()));
        for (OptionSpec option : List.copyOf(spec.options())) {
            spec.remove(option).add(option.toBuilder().description(glued(option.description())).build());
        }
        for (PositionalParamSpec word : List.copyOf(spec.positionalParameters())) {
            spec.remove(word).add(word.toBuilder().description(glued(word.description())).build());
        }
    }

    private static String[] glued(String... texts) {
        return Stream.of(texts).map(text -> BREAKABLE.matcher(text).replaceAll(GLUE)).toArray(String[]::new);
    }

    /** Takes the glue out of a text that is ready to be shown. */
    static String shown(String text) {
        return text.replace(GLUE, "").stripTrailing();
    }
}
