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
 * Where commands write: results to the standard output, everything else to the standard error. Each line leaves at once.
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
    /** What does not end the program, but must not be taken for success. */
    private volatile @Nullable RuntimeException failure;
    /** Takes all lines while the user edits one. */
    private @Nullable Consumer<String> above;
    /** What stands on the last line of the terminal and goes away before the next real line. */
    private String status = "";

    /**
     * Over streams.
     *
     * @param streams those of the process, or of a test
     * @param ansi whether a terminal understands colours and cursor movement
     * @param interrupts what Ctrl-C does
     */
    public Console(Streams streams, boolean ansi, Interrupts interrupts) {
        this(streams, ansi, interrupts, Map.of());
    }

    /**
     * Over streams, with the environment of the process.
     *
     * @param streams those of the process, or of a test
     * @param ansi whether a terminal understands colours and cursor movement
     * @param interrupts what Ctrl-C does
     * @param environment the variables that commands look at
     */
    public Console(Streams streams, boolean ansi, Interrupts interrupts, Map<String, String> environment) {
        this.streams = streams;
        this.ansi = ansi;
        this.interrupts = interrupts;
        this.environment = Map.copyOf(environment);
    }

    /**
     * {@return the variables that commands look at}
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * {@return how many columns the terminal has; a great many, where results go elsewhere}
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
     * {@return what Ctrl-C does}
     */
    public Interrupts interrupts() {
        return interrupts;
    }

    /**
     * Sets what the user has asked for.
     *
     * @param colours when to use colours
     * @param quiet whether to leave out what is no result and no failure
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
     * Writes a result. If that fails on another thread than that of the command, the command is interrupted as well: a
     * handler that throws would not end it.
     *
     * @param text one line or several, without the last line end
     * @throws OutputException if it cannot be written, or nobody reads it
     */
    public void print(String text) {
        writeLine(text, this::writeResult);
    }

    /**
     * Writes a result that is JSON: readable for people, on one line for programs.
     *
     * @param json JSON text
     * @throws OutputException if it cannot be written, or nobody reads it
     */
    public void printJson(String json) {
        print(isForPeople() ? JsonFormat.pretty(json, palette()) : JsonFormat.compact(json));
    }

    /**
     * Writes what is good to know; nothing, if the user wants it quiet.
     *
     * @param text one line
     */
    public void note(String text) {
        if (!quiet) {
            error(errorPalette().faint(text));
        }
    }

    /**
     * Writes what has happened to the connection, with the time; nothing, if the user wants it quiet.
     *
     * @param text one line
     */
    public void event(String text) {
        note("%s %s".formatted(TIME.format(LocalTime.now(ZoneId.systemDefault())), text));
    }

    /**
     * {@return whether somebody sees the line that says what is waited for}
     */
    boolean showsProgress() {
        return streams.errorIsTerminal() && ansi && !quiet;
    }

    /**
     * Writes what to look at.
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
     * @param failed what cannot be done; the last one counts
     */
    void remember(RuntimeException failed) {
        failure = failed;
    }

    /**
     * {@return what has failed on another thread than that of the command, or without ending the program; it says how
     *         the program ends}
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
     * Gives all lines to a printer that knows the line that is being typed.
     *
     * @param printer takes texts without the last line end; {@code null} to print directly
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
     * Says what the command waits for, on a line that disappears. Says nothing if the standard error is no terminal or
     * the user wants it quiet.
     *
     * @param what such as {@code "connecting to example.org"}
     * @return shows further steps, and must be closed
     */
    public Progress waitFor(String what) {
        return new Progress(this, what, showsProgress());
    }

    /** Puts a text on the line that goes away; an empty one takes it away. */
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
            // Nobody reads what goes wrong; the exit code tells it as well.
            status = "";
        }
    }
}
