package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.ClosedPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command works in a real terminal, which util-linux's {@code script} opens. */
@Tag("optional")
class TerminalTest {

    private static final long LIMIT_SECONDS = 60;

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    /** A terminal that runs a command. */
    private static final class Screen implements AutoCloseable {

        private final Process process;
        private final OutputStream keys;
        private final StringBuilder shown = new StringBuilder();

        Screen(Path folder, int columns, String environment, String command) throws Exception {
            assumeTerminals();
            Path file = Files.writeString(folder.resolve("terminal"), """
                    stty cols %d rows 24
                    exec env HOME='%s' %s %s %s
                    """.formatted(columns, folder, environment, CliProcess.BAYEUX, command));
            process = new ProcessBuilder("/usr/bin/script", "-qec", "/bin/sh " + file, "/dev/null")
                    .redirectErrorStream(true).start();
            keys = process.getOutputStream();
        }

        /** Skips the test without pseudo-terminals, as in a container or chroot without /dev/pts. */
        private static void assumeTerminals() throws Exception {
            Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: there is no script");
            Process attempt = new ProcessBuilder("/usr/bin/script", "-qec", "true", "/dev/null")
                    .redirectErrorStream(true).start();
            attempt.getOutputStream().close();
            String output = new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            Assumptions.assumeTrue(attempt.waitFor() == 0, () -> "skipped: this machine gives no terminal: " + output);
        }

        void type(String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        /** Reads until the terminal has shown a text; returns everything that it has shown. */
        String awaitText(String text) throws Exception {
            return await(Pattern.compile(Pattern.quote(text)));
        }

        String await(Pattern text) throws Exception {
            return CompletableFuture.supplyAsync(() -> read(text), task -> Thread.ofVirtual().start(task))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        private String read(Pattern text) {
            try {
                InputStream in = process.getInputStream();
                byte[] buffer = new byte[4096];
                while (!text.matcher(shown).find()) {
                    int count = in.read(buffer);
                    assertTrue(count > 0, () -> "not shown: " + text + "; but: " + shown);
                    shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
                return shown.toString();
            } catch (IOException failed) {
                throw new AssertionError("not shown: " + text + "; but: " + shown, failed);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void tabCompletesVerbsAndChannels() throws Exception {
        try (Screen screen = new Screen(folder, 80, "TERM=xterm LC_ALL=C.UTF-8", "shell --no-history " + url)) {
            screen.awaitText("> ");
            screen.type("say nobody prints this\r");
            screen.awaitText("published to /chat/demo");
            screen.type("subsc\t");
            screen.awaitText("subscribe ");
            screen.type("/ch\t\r");
            screen.awaitText("subscribed to /chat/demo");
            screen.type("say Zo\u00eb\r");
            screen.awaitText("\"Zo\u00eb\"");
            screen.type("quit\r");
        }
    }

    @Test
    void aTerminalThatCanNothingIsEnough() throws Exception {
        try (Screen screen = new Screen(folder, 40, "TERM=dumb LC_ALL=C", "shell --no-history " + url)) {
            screen.awaitText("> ");
            screen.type("publish /a \"Zo\u00eb\"\r");
            assertEquals("\"Zo\u00eb\"",
                    server.takeMessage("/a", Cli.LIMIT).json().get("data").toString());
            screen.type("nonsense\r");
            String shown = screen.awaitText("There is no command \"nonsense\"");
            assertFalse(shown.contains("\u001b[3"), shown);
        }
    }

    @Test
    void theProgressFitsTheTerminal() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                Screen screen = new Screen(folder, 40, "TERM=xterm",
                        "pub --retry 1m http://127.0.0.1:%d/a/rather/long/path/cometd /a 1"
                                .formatted(nobody.number()))) {
            // The number of seconds depends on the machine.
            String shown = screen.await(Pattern.compile("trying again: No connection[^\r\n]* [0-9]+ s"));
            String line = shown.substring(shown.lastIndexOf("trying again"))
                    .replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
            assertTrue(line.length() < 40, line);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60})
    void helpFitsTheTerminal(int columns) throws Exception {
        try (Screen screen = new Screen(folder, columns, "TERM=xterm LC_ALL=POSIX", "sub --help")) {
            String all = screen.awaitText("Examples:").replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
            // The commands in the examples stay on one line, so that users can copy them.
            String shown = all.substring(0, all.indexOf("Examples:"));
            assertTrue(shown.lines().allMatch(line -> line.length() <= columns), shown);
            assertTrue(shown.contains("~/.config/bayeux/config"), shown);
        }
    }
}
