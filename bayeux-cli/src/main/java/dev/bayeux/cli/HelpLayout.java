package dev.bayeux.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out the help for the width of a terminal. A wide terminal shows names and descriptions side by side, a narrow one
 * shows each description below its name. Lines break between words only, so that addresses stay whole.
 */
final class HelpLayout {

    /** The smallest width at which names and descriptions are side by side. */
    private static final int SIDE_BY_SIDE = 72;
    private static final int LONGEST_NAME = 30;
    private static final int GAP = 2;
    private static final int INDENT = 6;
    /** Picocli would break words at its width, so its width is larger than any text. */
    private static final int UNBROKEN = 5000;

    private final int width;

    private HelpLayout(int width) {
        this.width = width;
    }

    /**
     * Sets the layout of a command and its subcommands.
     *
     * @param line the command
     * @param width the width of the terminal, in columns
     */
    static void apply(CommandLine line, int width) {
        HelpLayout layout = new HelpLayout(width);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_HEADER, help -> layout.paragraphs(help.header()));
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                help -> layout.wrapped(help.synopsis(0).strip(), help.synopsisHeadingLength(), GAP) + "\n");
        sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> layout.paragraphs(help.description()));
        sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, layout::parameters);
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, layout::options);
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, layout::commands);
        sections.put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, layout::exitCodes);
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> layout.examples(help.footer()));
        line.setUsageHelpWidth(UNBROKEN);
        line.setHelpSectionMap(sections);
    }

    private record Entry(Text name, String description) {}

    private String parameters(Help help) {
        return table(help.commandSpec().positionalParameters().stream().filter(each -> !each.hidden())
                .map(each -> entry(help, help.createDefaultParameterRenderer().render(each,
                        help.parameterLabelRenderer(), help.colorScheme())))
                .toList());
    }

    private String options(Help help) {
        return table(help.commandSpec().options().stream().filter(each -> !each.hidden())
                .map(each -> entry(help, help.createDefaultOptionRenderer().render(each,
                        help.parameterLabelRenderer(), help.colorScheme())))
                .toList());
    }

    private String commands(Help help) {
        List<Entry> entries = new ArrayList<>();
        help.subcommands().forEach((name, command) -> entries.add(new Entry(
                help.colorScheme().commandText("  " + name), command.header().strip())));
        return table(entries);
    }

    private String exitCodes(Help help) {
        List<Entry> entries = new ArrayList<>();
        help.commandSpec().usageMessage().exitCodeList().forEach(
                (code, meaning) -> entries.add(new Entry(help.colorScheme().text("  " + code), meaning)));
        return table(entries);
    }

    /**
     * Joins the cells of picocli's table: a mark, the short name, a comma, the long name, and a line of the
     * description.
     */
    private static Entry entry(Help help, Text[]... rows) {
        int last = rows[0].length - 1;
        Text name = help.colorScheme().text(rows[0][1].plainString().isEmpty() ? "    " : "");
        for (int cell = 0; cell < last; cell++) {
            name = name.concat(cell == 0 ? help.colorScheme().text("  ") : rows[0][cell]);
            if (cell == 2 && !rows[0][1].plainString().isEmpty()) {
                name = name.concat(" ");
            }
        }
        String description = String.join(" ", Stream.of(rows).map(row -> row[last].plainString()).toList());
        return new Entry(name, description.strip());
    }

    private String table(List<Entry> entries) {
        StringBuilder table = new StringBuilder();
        int column = GAP + entries.stream().mapToInt(each -> each.name().getCJKAdjustedLength())
                .filter(length -> length <= LONGEST_NAME).max().orElse(0);
        for (Entry each : entries) {
            int used = each.name().getCJKAdjustedLength();
            boolean narrow = width < SIDE_BY_SIDE;
            table.append(narrow && each.name().plainString().startsWith(" ".repeat(INDENT))
                    ? each.name().substring(INDENT - GAP)
                    : each.name());
            if (each.description().isEmpty()) {
                table.append('\n');
            } else if (narrow) {
                table.append('\n').append(indented(each.description(), INDENT)).append('\n');
            } else if (used + GAP > column) {
                table.append('\n').append(indented(each.description(), column)).append('\n');
            } else {
                table.append(" ".repeat(column - used)).append(wrapped(each.description(), column, column))
                        .append('\n');
            }
        }
        return table.toString();
    }

    private String paragraphs(String text) {
        StringBuilder wrapped = new StringBuilder();
        text.lines().forEach(line -> wrapped.append(wrapped(line, 0, 0)).append('\n'));
        return wrapped.toString();
    }

    /** Wraps the explanations of examples. A command stays on one line, so that users can copy it. */
    private String examples(String text) {
        StringBuilder examples = new StringBuilder();
        text.lines().forEach(line -> {
            int indent = line.length() - line.stripLeading().length();
            examples.append(indent == INDENT ? indented(line.strip(), INDENT) : line).append('\n');
        });
        return examples.toString();
    }

    private String indented(String text, int indent) {
        return " ".repeat(indent) + wrapped(text, indent, indent);
    }

    /**
     * Breaks a text between words. The first line begins after {@code used} characters; the other lines are indented.
     */
    private String wrapped(String text, int used, int indent) {
        StringJoiner lines = new StringJoiner("\n" + " ".repeat(indent));
        StringBuilder line = new StringBuilder();
        int room = width - used;
        for (String word : text.split(" +")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line);
                line.setLength(0);
                room = width - indent;
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return lines.add(line).toString();
    }
}
