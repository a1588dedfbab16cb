package dev.bayeux.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Streams;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.ReplayOptions;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines are read from a simulated terminal, with editing, completion, history and Ctrl-C. */
@Timeout(60)
class TerminalLinesTest {

    private static final String CTRL_A = "\u0001";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_P = "\u0010";

    @AutoClose
    private final BayeuxClient client = BayeuxClient.builder(URI.create("http://127.0.0.1:1/none"))
            .transports(new JdkLongPollingProvider()).onEvent(event -> {}).build();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Interrupts interrupts = new Interrupts(code -> {});
    private final Console console = new Console(new Streams(InputStream.nullInputStream(), screen, screen, true, true,
            true, StandardCharsets.UTF_8), true, interrupts);
    private final ShellSession session = new ShellSession(client, console, "http://127.0.0.1:1/none", "/chat/demo",
            "ann", new ReplayOptions(), new ClientOptions());

    @TempDir
    private Path folder;

    /** Returns the line that the shell gets for these keys. The history has the lines of earlier calls. */
    private Optional<String> next(String keys) throws Exception {
        Prompt prompt = new Prompt();
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed, 4096);
                Terminal terminal = new ExternalTerminal("test", "xterm", in, prompt, StandardCharsets.UTF_8)) {
            // The editor does not edit keys that arrive before it reads.
            Thread typist = Thread.ofVirtual().start(() -> prompt.whenThere(() -> {
                typed.write(keys.getBytes(StandardCharsets.UTF_8));
                typed.flush();
            }));
            try (TerminalLines lines = new TerminalLines(session, terminal,
                    HistoryFile.prepare(folder.resolve("state/history")))) {
                return lines.next();
            } finally {
                prompt.ended.countDown();
                typist.join();
            }
        }
    }

    /** A screen that reports when it shows the prompt. */
    private static final class Prompt extends ByteArrayOutputStream {

        private final CountDownLatch shown = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        interface Step {
            void run() throws IOException;
        }

        void whenThere(Step step) {
            try {
                if (shown.await(30, TimeUnit.SECONDS)) {
                    step.run();
                    // A pipe breaks when the thread that wrote to it ends.
                    ended.await(30, TimeUnit.SECONDS);
                }
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            super.write(bytes, from, count);
            look();
        }

        @Override
        public void write(int b) {
            super.write(b);
            look();
        }

        private void look() {
            if (toString(StandardCharsets.UTF_8).contains("> ")) {
                shown.countDown();
            }
        }
    }

    @Test
    void aLineIsReturnedUnchanged() throws Exception {
        assertEquals(Optional.of("publish /a {\"text\": \"it's \\\"so\\\"!!\"}"),
                next("publish /a {\"text\": \"it's \\\"so\\\"!!\"}\r"));
    }

    @Test
    void aLineCanBeEdited() throws Exception {
        assertEquals(Optional.of("say hello"), next("hello" + CTRL_A + "say \r"));
    }

    @Test
    void tabCompletesVerbsAndChannels() throws Exception {
        assertEquals(Optional.of("unsubscribe"), next("uns\t\r").map(String::strip));
        assertEquals(Optional.of("publish /chat/demo"), next("publish /ch\t\r").map(String::strip));
    }

    @Test
    @Tag("optional")
    void theHistoryLastsAndIsForItsOwnerOnly() throws Exception {
        next("say one\r");
        next(" say secret\r");
        assertEquals(Optional.of("say one"), next(CTRL_P + "\r"));
        Path file = folder.resolve("state/history");
        assertTrue(!Files.readString(file).contains("secret"), Files.readString(file));
        Assumptions.assumeTrue(Files.getFileAttributeView(file, PosixFileAttributeView.class) != null,
                "skipped: no POSIX files");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void ctrlCClearsTheLineAndOnAnEmptyOneLeaves() throws Exception {
        assertEquals(Optional.of("say hello"), next("nonsense" + CTRL_C + "say hello\r"));
        assertEquals(Optional.empty(), next(CTRL_C));
        assertEquals(Optional.empty(), next(CTRL_D));
    }

    @Test
    void aSignalBetweenTwoLinesIsNotLost() throws Exception {
        try (Terminal terminal = new ExternalTerminal("test", "xterm", InputStream.nullInputStream(), screen,
                StandardCharsets.UTF_8); TerminalLines lines = new TerminalLines(session, terminal, null)) {
            interrupts.raise(15);
            assertThrows(InterruptedException.class, lines::next);
        }
    }

    @Test
    void suggestionsFitTheVerb() {
        ShellCompleter completer = new ShellCompleter(session);
        session.remember("/service/sum");
        session.remember("/a");
        assertEquals(Verbs.ALL.size(), completer.suggestions(List.of(""), 0).size());
        assertEquals(List.of("/a", "/chat/demo", "/service/sum"),
                List.copyOf(completer.suggestions(List.of("subscribe", ""), 1)));
        assertEquals(List.of("/service/sum"), List.copyOf(completer.suggestions(List.of("call", ""), 1)));
        assertEquals(List.of(), List.copyOf(completer.suggestions(List.of("unsubscribe", ""), 1)));
        assertEquals(List.of(), List.copyOf(completer.suggestions(List.of("publish", "/a", ""), 2)));
        assertEquals(List.of(), List.copyOf(completer.suggestions(List.of("nonsense", ""), 1)));
    }

    @Test
    void theHistoryIsBelowTheStateFolderOfTheUser() {
        assertEquals(Path.of("/s/bayeux/history"), HistoryFile.usual(Map.of("XDG_STATE_HOME", "/s"), "/home/ann"));
        assertEquals(Path.of("/home/ann/.local/state/bayeux/history"), HistoryFile.usual(Map.of(), "/home/ann"));
    }
}
