package dev.bayeux.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of commands to the standard output and everything else to the standard error. Flushes each line.
 * Safe for use by several threads; lines do not mix.
 */
public final class Console {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Streams streams;
    private final boolean ansi;
    private final Interrupts interrupts;
    private final Map<String, String> environment;
    private final ReentrantLock lock = new ReentrantLock();
    private ColourChoice colours = ColourChoice.AUTO;
    private boolean quiet;
    /** The last failure of the output, or the last one that was remembered; {@code null} if there was none. */
    private volatile @Nullable RuntimeException failure;
    /** Prints all lines while the user edits one; {@code null} at other times. */
    private @Nullable Consumer<String> above;
    /**
     * The text on the last line of the terminal, which is erased before the next line is written; empty if there is
     * none.
     */
    private String status = "";

    /**
     * Makes a console over streams.
     *
     * @param streams the streams of the process, or of a test
     * @param ansi whether a terminal understands colours and cursor movement
     * @param interrupts handles Ctrl-C
     */
    public Console(Streams streams, boolean ansi, Interrupts interrupts) {
        this(streams, ansi, interrupts, Map.of());
    }

    /**
     * Makes a console over streams, with the environment of the process.
     *
     * @param streams the streams of the process, or of a test
     * @param ansi whether a terminal understands colours and cursor movement
     * @param interrupts handles Ctrl-C
     * @param environment the variables that commands read
     */
    public Console(Streams streams, boolean ansi, Interrupts interrupts, Map<String, String> environment) {
        this.streams = streams;
        this.ansi = ansi;
        this.interrupts = interrupts;
        this.environment = Map.copyOf(environment);
    }

    /**
     * {@return the variables that commands read}
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * {@return the columns of the terminal; {@link Integer#MAX_VALUE} if the standard output is no terminal}
     */
    public int width() {
        return streams.outputIsTerminal() ? TerminalWidth.ofOutput() : Integer.MAX_VALUE;
    }

    /**
     * {@return the streams}
     */
    public Streams streams() {
        return streams;
    }

    /**
     * {@return the handler of Ctrl-C}
     */
    public Interrupts interrupts() {
        return interrupts;
    }

    /**
     * Applies the options of the user.
     *
     * @param colours when to use colours
     * @param quiet whether to leave out notes, events and progress
     */
    public void configure(ColourChoice colours, boolean quiet) {
        this.colours = colours;
        this.quiet = quiet;
    }

    /**
     * {@return whether results are for people, not for programs: on a terminal, and where colours are wanted in any case}
     */
    public boolean isForPeople() {
        return streams.outputIsTerminal() || colours == ColourChoice.ALWAYS;
    }

    /**
     * {@return the colours of the standard output}
     */
    public Palette palette() {
        return Palette.of(colours.applies(streams.outputIsTerminal() && ansi, environment));
    }

    /**
     * {@return the colours of the standard error}
     */
    public Palette errorPalette() {
        return Palette.of(colours.applies(streams.errorIsTerminal() && ansi, environment));
    }

    /**
     * Writes a result. A failure on another thread also interrupts the thread of the command, because an exception in a
     * message handler would not end the command.
     *
     * @param text one line or several, without the last line end
     * @throws OutputException if the text cannot be written, or the reader has closed the output
     */
    public void print(String text) {
        writeLine(text, this::writeResult);
    }

    /**
     * Writes a result that is JSON: readable for people, on one line for programs.
     *
     * @param json JSON text
     * @throws OutputException if the text cannot be written, or the reader has closed the output
     */
    public void printJson(String json) {
        print(isForPeople() ? JsonFormat.pretty(json, palette()) : JsonFormat.compact(json));
    }

    /**
     * Writes a note, unless the user gave {@code --quiet}.
     *
     * @param text one line
     */
    public void note(String text) {
        if (!quiet) {
            error(errorPalette().faint(text));
        }
    }

    /**
     * Writes an event of the connection with the time, unless the user gave {@code --quiet}.
     *
     * @param text one line
     */
    public void event(String text) {
        note("%s %s".formatted(TIME.format(LocalTime.now(ZoneId.systemDefault())), text));
    }

    /**
     * {@return whether a progress line is visible}
     */
    boolean showsProgress() {
        return streams.errorIsTerminal() && ansi && !quiet;
    }

    /**
     * Writes a warning, also if the user gave {@code --quiet}.
     *
     * @param text one line
     */
    public void warn(String text) {
        error(errorPalette().warning(text));
    }

    /**
     * Writes to the standard error.
     *
     * @param text one line or several, without the last line end
     */
    public void error(String text) {
        writeLine(text, this::write);
    }

    /**
     * Remembers a failure that does not end the program at once.
     *
     * @param failed the failure; it replaces an earlier one
     */
    void remember(RuntimeException failed) {
        failure = failed;
    }

    /**
     * {@return the last failure of the output, or the last one that was remembered; it decides the exit code of a
     *         command that succeeds otherwise}
     */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * {@return whether an interrupt of the command's thread is meant to end the program: a signal has come, or the
     *         standard output cannot be written any more}
     */
    public boolean isEnding() {
        return interrupts.isRaised() || failure instanceof OutputException;
    }

    private void writeLine(String text, Consumer<String> stream) {
        lock.lock();
        try {
            clearStatus();
            if (above == null) {
                stream.accept(text + "\n");
                drawStatus();
            } else {
                above.accept(text);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Passes all lines to a printer that keeps the line that the user edits.
     *
     * @param printer receives texts without the last line end; {@code null} to print directly
     */
    public void printThrough(@Nullable Consumer<String> printer) {
        lock.lock();
        try {
            above = printer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Shows what the command waits for, on a line that is erased later. Shows nothing if the standard error is no
     * terminal, or the user gave {@code --quiet}.
     *
     * @param what such as {@code "connecting to example.org"}
     * @return shows further steps, and must be closed
     */
    public Progress waitFor(String what) {
        return new Progress(this, what, showsProgress());
    }

    /** Replaces the text of the progress line; an empty text erases the line. */
    void status(String text) {
        lock.lock();
        try {
            clearStatus();
            status = text;
            drawStatus();
        } finally {
            lock.unlock();
        }
    }

    private void clearStatus() {
        if (!status.isEmpty()) {
            write("\r\u001b[K");
        }
    }

    private void drawStatus() {
        if (!status.isEmpty()) {
            write(errorPalette().faint(status));
        }
    }

    private void writeResult(String text) {
        try {
            streams.out().write(text.getBytes(streams.charset()));
            streams.out().flush();
        } catch (IOException failed) {
            OutputException notWritten = PipeOutput.isClosed(failed)
                    ? new OutputClosedException(failed)
                    : new OutputException("cannot write: " + failed.getMessage(), failed);
            failure = notWritten;
            interrupts.interruptCommand();
            throw notWritten;
        }
    }

    private void write(String text) {
        OutputStream err = streams.err();
        try {
            err.write(text.getBytes(streams.charset()));
            err.flush();
        } catch (IOException closed) {
            // The standard error is closed. The exit code still reports the failure.
            status = "";
        }
    }
}
