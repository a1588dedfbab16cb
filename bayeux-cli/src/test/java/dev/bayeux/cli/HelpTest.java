package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help, and messages about wrong arguments. */
class HelpTest {

    @ParameterizedTest
    @ValueSource(strings = {"sub", "pub", "call", "ping", "probe", "shell", "demo"})
    void everyCommandTeachesWithExamples(String command) throws Exception {
        try (Cli cli = Cli.start(command, "--help")) {
            assertEquals(0, cli.exitCode());
            String help = String.join("\n", cli.lines());
            assertTrue(help.contains("Usage: bayeux " + command), help);
            assertTrue(
                    help.matches("(?s).*Examples:\\n  bayeux " + command + " .*|(?s).*Examples:\\n  bayeux demo\\n.*"),
                    help);
            assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
        }
    }

    @ParameterizedTest
    @CsvSource({"40, sub", "40, pub", "40, ping", "60, sub", "80, call", "100, help"})
    void linesFitTheTerminalAndBreakBetweenWords(int width, String command) {
        CommandLine line = Main.commandLine();
        HelpLayout.apply(line, width);
        List<String> help = line.getSubcommands().get(command).getUsageMessage(CommandLine.Help.Ansi.OFF).lines()
                .toList();

        // A command in the examples stays on one line, so that it can be copied.
        int examples = help.contains("Examples:") ? help.indexOf("Examples:") : help.size();
        for (String each : help.subList(0, examples)) {
            assertTrue(each.length() <= width || !each.strip().contains(" "), each);
        }
        if (command.equals("sub")) {
            assertTrue(help.stream().anyMatch(each -> each.contains("http://localhost:8080/cometd")), help.toString());
            assertTrue(help.stream().anyMatch(each -> each.startsWith("  -e, --end")), help.toString());
            assertTrue(help.stream().anyMatch(each -> each.matches("  (    )?--for=TIME.*")), help.toString());
        }
    }

    @Test
    void theExitCodesAreListed() throws Exception {
        try (Cli cli = Cli.start("--help")) {
            assertEquals(0, cli.exitCode());
            String help = String.join("\n", cli.lines());
            for (ExitCode code : ExitCode.values()) {
                assertTrue(help.contains("  %d ".formatted(code.code())) && help.contains(code.meaning()), help);
            }
        }
    }

    @Test
    void withoutACommandTheHelpIsPrinted() throws Exception {
        try (Cli cli = Cli.start()) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("Commands:"), cli.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subb -H s3cr3t http://localhost/x /a", "-q subb s3cr3t", "help subb",
            "--color never subb s3cr3t"})
    void aMistypedCommandIsSuggestedAndNothingElseRepeated(String words) throws Exception {
        try (Cli cli = Cli.start(words.split(" "))) {
            assertEquals(2, cli.exitCode());
            assertEquals("bayeux: There is no command \"subb\". Did you mean sub?\nTry: bayeux --help\n", cli.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bearer-fil s3cr3t", "--bearer-fil=s3cr3t"})
    void aMistypedOptionIsSuggestedAndItsValueNotRepeated(String words) throws Exception {
        List<String> args = new ArrayList<>(List.of("sub"));
        args.addAll(List.of(words.split(" ")));
        args.addAll(List.of("http://localhost/x", "/a"));
        try (Cli cli = Cli.start(args.toArray(String[]::new))) {
            assertEquals(2, cli.exitCode());
            assertEquals("bayeux: There is no option --bearer-fil. Did you mean --bearer-file?\n"
                    + "Try: bayeux sub --help\n", cli.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({"sub, URL is missing", "sub http://localhost/x, CHANNEL is missing", "pub /a 1, URL is missing",
            "pub http://localhost/x /a 1 2 s3cr3t, There are too many words", "ping prod, neither an address nor"})
    void missingAndSurplusWordsAreReported(String words, String text) throws Exception {
        try (Cli cli = Cli.start(words.split(" "))) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains(text), cli.errors());
            assertFalse(cli.errors().contains("s3cr3t"), cli.errors());
        }
    }

    @Test
    void helpShowsTheUsageOfACommand() throws Exception {
        try (Cli cli = Cli.start("help", "sub")) {
            assertEquals(0, cli.exitCode());
            assertTrue(String.join("\n", cli.lines()).contains("Usage: bayeux sub "));
        }
    }

    @Test
    void theCompletionKnowsCommandsAndOptions() throws Exception {
        try (Cli cli = Cli.start("completion")) {
            assertEquals(0, cli.exitCode());
            String script = String.join("\n", cli.lines());
            assertTrue(script.contains("complete -F _complete_bayeux") && script.contains("--bearer-file")
                    && script.contains("bashcompinit"), script);
            assertTrue(script.contains("\"long-polling\" \"websocket\" \"callback-polling\"")
                    && script.contains("\"earliest\" \"tip\""), script);
            for (String option : List.of("'--bearer-file'", "'--cacert'", "'-E'|'--cert'", "'--key'",
                    "'--positions'")) {
                int at = script.indexOf("    " + option + ")\n");
                assertTrue(at > 0 && script.startsWith("local IFS", at + option.length() + 12), option);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--color=always pub", "--color always pub", "pub --color always", "pub --color=always"})
    void coloursApplyBeforeAndAfterTheCommand(String words) throws Exception {
        assertEquals("\u001b[90mpublished 1 message to /a\u001b[0m\n", errors(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q --color=always pub", "--color always -q pub", "--color=always pub -q",
            "pub -q --color=always", "-q pub --color always"})
    void quietAppliesBeforeAndAfterTheCommand(String words) throws Exception {
        assertEquals("", errors(words));
    }

    /** Returns what a publish writes to the standard error. */
    private static String errors(String words) throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start();
                Cli cli = Cli.start((words + " " + server.uri() + " /a 1").split(" "))) {
            assertEquals(0, cli.exitCode());
            return cli.errors();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-n=x", "--for=soon", "--color=blue", "--replay=-3"})
    void aWrongOptionHasAShortMessage(String option) throws Exception {
        try (Cli cli = Cli.start("sub", option, "http://localhost/x", "/a")) {
            assertEquals(2, cli.exitCode());
            assertEquals(2, cli.errors().lines().count(), cli.errors());
            assertTrue(cli.errors().contains("Try: bayeux sub --help"), cli.errors());
        }
    }
}
