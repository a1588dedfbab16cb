package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Palette;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines from a terminal, with editing, history and completion. Prints messages above the line that the user
 * edits.
 */
public final class TerminalLines implements Shell.LineSource, AutoCloseable {

    private final Terminal terminal;
    private final LineReader reader;
    private final ShellSession session;
    private final Console console;

    /**
     * Opens the terminal of this process.
     *
     * @param session the session with the client
     * @param history the file of the history, {@code null} for none
     */
    public TerminalLines(ShellSession session, @Nullable Path history) {
        this(session, open(session.console().streams().inputCharset()), history);
    }

    TerminalLines(ShellSession session, Terminal terminal, @Nullable Path history) {
        this.session = session;
        this.console = session.console();
        this.terminal = terminal;
        // No character is special to the editor: JSON has many quotes, and texts have exclamation marks.
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder().terminal(terminal).appName("bayeux").parser(parser)
                .completer(new ShellCompleter(session)).option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history).variable(LineReader.HISTORY_FILE_SIZE, 1000);
        }
        this.reader = builder.build();
        Thread shell = Thread.currentThread();
        terminal.handle(Terminal.Signal.INT, signal -> shell.interrupt());
        console.printThrough(reader::printAbove);
    }

    private static Terminal open(Charset charset) {
        try {
            return TerminalBuilder.builder().system(true).dumb(true).encoding(charset).stdinEncoding(charset)
                    .stdoutEncoding(charset).build();
        } catch (IOException failed) {
            throw new UncheckedIOException("The terminal cannot be used.", failed);
        }
    }

    @Override
    public Optional<String> next() throws InterruptedException {
        while (true) {
            // A Ctrl-C after the end of the last verb must not abort the next one. A signal ends the program.
            Thread.interrupted();
            throwIfRaised();
            try {
                return Optional.of(reader.readLine(prompt()));
            } catch (UserInterruptException interrupted) {
                throwIfRaised();
                if (interrupted.getPartialLine().isEmpty()) {
                    return Optional.empty();
                }
            } catch (EndOfFileException end) {
                return Optional.empty();
            } catch (IOError closed) {
                throwIfRaised();
                return Optional.empty();
            }
        }
    }

    private void throwIfRaised() throws InterruptedException {
        if (console.isEnding()) {
            throw new InterruptedException("signal");
        }
    }

    private String prompt() {
        Palette palette = console.palette();
        return session.client().state().isDisconnected()
                ? palette.warning("bayeux (disconnected)> ")
                : palette.heading("bayeux> ");
    }

    @Override
    public void close() {
        console.printThrough(null);
        try {
            terminal.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("The terminal cannot be restored.", failed);
        }
    }
}
