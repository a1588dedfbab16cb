package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says of itself. */
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
    void withoutACommandItSaysWhatThereIs() throws Exception {
        try (Cli cli = Cli.start()) {
            assertEquals(2, cli.exitCode());
            assertTrue(cli.errors().contains("Commands:"), cli.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--color=always pub", "--color always pub", "pub --color always", "pub --color=always"})
    void coloursCountBeforeTheCommandAndBehindIt(String words) throws Exception {
        assertEquals("\u001b[90mpublished 1 message to /a\u001b[0m\n", errors(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q --color=always pub", "--color always -q pub", "--color=always pub -q",
            "pub -q --color=always", "-q pub --color always"})
    void soDoesQuiet(String words) throws Exception {
        assertEquals("", errors(words));
    }

    /** What a publish says. */
    private static String errors(String words) throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start();
                Cli cli = Cli.start((words + " " + server.uri() + " /a 1").split(" "))) {
            assertEquals(0, cli.exitCode());
            return cli.errors();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-n=x", "--for=soon", "--color=blue", "--replay=yesterday"})
    void aWrongOptionIsToldShortly(String option) throws Exception {
        try (Cli cli = Cli.start("sub", option, "http://localhost/x", "/a")) {
            assertEquals(2, cli.exitCode());
            assertEquals(2, cli.errors().lines().count(), cli.errors());
            assertTrue(cli.errors().contains("Try: bayeux sub --help"), cli.errors());
        }
    }
}
