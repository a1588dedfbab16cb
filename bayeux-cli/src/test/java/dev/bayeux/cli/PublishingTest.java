package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bayeux pub} and {@code bayeux call} publish messages and print answers. */
class PublishingTest {

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    private List<String> published(String channel) {
        return server.messages(channel).stream().map(ReceivedMessage::json).map(json -> json.get("data").toString())
                .toList();
    }

    @Test
    void theMessageOfTheArgumentsIsPublished() throws Exception {
        try (Cli cli = Cli.start("pub", url, "/a", "{\"n\":1}")) {
            assertEquals(0, cli.exitCode());
            assertEquals(List.of(), cli.lines());
            assertEquals("", cli.errors());
        }
        assertEquals(List.of("{\"n\":1}"), published("/a"));
        assertEquals(1, server.messages("/meta/disconnect").size());
    }

    @Test
    void aTextIsSentAsAText() throws Exception {
        try (Cli cli = Cli.start("pub", "--text", url, "/a", "disk \"full\"")) {
            assertEquals(0, cli.exitCode());
        }
        assertEquals(List.of("\"disk \\\"full\\\"\""), published("/a"));
    }

    @Test
    void linesOfTheInputArePublishedInTheirOrder() throws Exception {
        StringBuilder input = new StringBuilder();
        for (int n = 0; n < 250; n++) {
            input.append(n).append(n % 50 == 0 ? "\n\n" : "\n");
        }
        try (Cli cli = Cli.withInput(input.toString(), "pub", url, "/a")) {
            assertEquals(0, cli.exitCode());
        }
        List<String> published = published("/a");
        assertEquals(250, published.size());
        for (int n = 0; n < 250; n++) {
            assertEquals(String.valueOf(n), published.get(n));
        }
    }

    @Test
    void aLineThatIsTypedGoesOutAtOnce() throws Exception {
        try (Cli cli = Cli.start("pub", url, "/a")) {
            cli.type("1");
            server.takeMessage("/a", Cli.LIMIT);
            cli.signal(2);
            assertEquals(130, cli.exitCode());
        }
        assertEquals(1, server.messages("/meta/disconnect").size());
    }

    @Test
    void aLineThatIsNotJsonEndsTheCommandAndIsReportedWithItsNumber() throws Exception {
        try (Cli cli = Cli.withInput("1\n\n{oops\n4\n", "pub", url, "/a")) {
            assertEquals(8, cli.exitCode());
            assertTrue(cli.errors().contains("Line 3: This is not JSON"), cli.errors());
        }
        assertEquals(List.of("1"), published("/a"));
    }

    @Test
    void aValueOverSeveralLinesGetsAHint() throws Exception {
        try (Cli cli = Cli.withInput("{\n  \"a\": 1\n}\n", "pub", url, "/a")) {
            assertEquals(8, cli.exitCode());
            assertTrue(cli.errors().contains("\"jq -c .\" puts it on one"), cli.errors());
        }
    }

    @Test
    void aByteOrderMarkBeforeTheFirstLineIsLeftOut() throws Exception {
        try (Cli cli = Cli.withInput("\ufeff1\n\"\ufeff\"\n", "pub", url, "/a")) {
            assertEquals(0, cli.exitCode());
        }
        assertEquals(List.of("1", "\"\ufeff\""), published("/a"));
    }

    @Test
    void aFileOrTheWholeInputIsOneMessage() throws Exception {
        String file = Files.writeString(folder.resolve("order"), "\ufeff{\n \"n\": 1 }\n").toString();
        for (String[] words : new String[][]{{"@" + file}, {"--file", file}, {"-"}, {"--file", "-"}}) {
            List<String> args = new ArrayList<>(List.of("pub", url, "/a"));
            args.addAll(List.of(words));
            try (Cli cli = Cli.withInput("{\n\"n\": 1}", args.toArray(String[]::new))) {
                assertEquals(0, cli.exitCode(), cli::errors);
            }
        }
        try (Cli cli = Cli.start("pub", "--text", url, "/a", "@ann: hello")) {
            assertEquals(0, cli.exitCode(), cli::errors);
        }
        assertEquals(List.of("{\"n\":1}", "{\"n\":1}", "{\"n\":1}", "{\"n\":1}", "\"@ann: hello\""),
                published("/a"));
    }

    @Test
    void aMessageIsRepeatedAndEchoed() throws Exception {
        try (Cli cli = Cli.start("pub", "--repeat", "3", "--rate", "1000", "--echo", url, "/a", "{ \"n\": 1 }")) {
            assertEquals(0, cli.exitCode());
            assertEquals(List.of("{\"n\":1}", "{\"n\":1}", "{\"n\":1}"), cli.lines());
        }
        assertEquals(3, published("/a").size());
    }

    @Test
    void aTypoDoesNotEndTheInput() throws Exception {
        try (Cli cli = Cli.typedBySomebody("pub", url, "/a")) {
            cli.type("{oops\n2");
            server.takeMessage("/a", Cli.LIMIT);
            assertTrue(cli.errors().contains("! Line 1: This is not JSON"), cli.errors());
            cli.signal(2);
            assertEquals(130, cli.exitCode());
        }
        assertEquals(List.of("2"), published("/a"));
    }

    @Test
    void aLineThatIsNotUtf8IsNotPublishedChanged() throws Exception {
        try (Cli cli = Cli.withInput("1\n\"\u00e4\"\n3\n".getBytes(StandardCharsets.ISO_8859_1), "pub", url, "/a")) {
            assertEquals(8, cli.exitCode());
            assertTrue(cli.errors().contains("Line 2 of the standard input is not UTF-8"), cli.errors());
        }
        assertEquals(List.of("1"), published("/a"));
    }

    @Test
    void anArgumentThatIsNotJsonFailsBeforeAnythingIsSent() throws Exception {
        try (Cli cli = Cli.start("pub", url, "/a", "hello")) {
            assertEquals(8, cli.exitCode());
            assertTrue(cli.errors().contains("--text"), cli.errors());
        }
        assertEquals(List.of(), server.messages());
    }

    @Test
    void aRefusedMessageIsAFailure() throws Exception {
        server.deny("/a");
        try (Cli cli = Cli.start("pub", url, "/a", "1")) {
            assertEquals(4, cli.exitCode());
        }
        try (Cli cli = Cli.withInput("1\n2\n", "pub", url, "/a")) {
            assertEquals(4, cli.exitCode());
            assertTrue(cli.errors().contains(" refused /a: 403"), cli.errors());
        }
    }

    @Test
    void aChannelThatCannotBePublishedToIsAWrongArgument() throws Exception {
        try (Cli cli = Cli.start("pub", url, "/a/**", "1")) {
            assertEquals(2, cli.exitCode());
        }
    }

    @Test
    void aCallPrintsItsAnswer() throws Exception {
        try (Cli cli = Cli.start("call", url, "/service/echo", "{ \"a\": [1, 2] }")) {
            assertEquals("{\"a\":[1,2]}", cli.line());
            assertEquals(0, cli.exitCode());
        }
        try (Cli cli = Cli.onTerminal("call", "--color=never", "--text", url, "/service/echo", "hi")) {
            assertEquals("\"hi\"", cli.line());
        }
    }

    @Test
    void aCallTakesItsStandardInput() throws Exception {
        try (Cli cli = Cli.withInput("{\n  \"a\": 1\n}\n", "call", url, "/service/echo")) {
            assertEquals("{\"a\":1}", cli.line());
        }
        try (Cli cli = Cli.withInput("", "call", url, "/service/echo")) {
            assertEquals("null", cli.line());
        }
    }

    @Test
    void aCallOfNoServiceIsAWrongArgument() throws Exception {
        try (Cli cli = Cli.withInput("", "call", url, "/a")) {
            assertEquals(2, cli.exitCode());
        }
    }

    @Test
    void aCallWithoutAnAnswerFailsAfterItsTimeout() throws Exception {
        try (Cli cli = Cli.withInput("", "call", "--timeout", "1s", url, "/service/silent")) {
            assertEquals(6, cli.exitCode());
        }
    }
}
