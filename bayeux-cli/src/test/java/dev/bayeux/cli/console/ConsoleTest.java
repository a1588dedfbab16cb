package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.position.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The console writes results, notes and the progress line to their streams. */
class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(boolean terminal) {
        return new Console(new Streams(InputStream.nullInputStream(), out, err, false, terminal, terminal,
                StandardCharsets.UTF_8), true, new Interrupts(code -> {}));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineReplacesTheStatusWhichIsDrawnAgainBelow() {
        Console console = console(true);
        console.configure(ColourChoice.NEVER, false);
        console.status("waiting");
        console.note("one");
        console.status("");
        assertEquals("waiting\r\u001b[Kone\nwaiting\r\u001b[K", text(err));
    }

    @Test
    void progressIsNotShownWithoutATerminal() {
        Console console = console(false);
        try (Progress progress = console.waitFor("nothing")) {
            progress.show("something");
        }
        assertEquals("", text(err));
    }

    @Test
    void quietLeavesNotesOutAndNothingElse() {
        Console console = console(true);
        console.configure(ColourChoice.ALWAYS, true);
        console.note("a note");
        console.warn("a warning");
        console.print("a result");
        assertEquals("\u001b[33ma warning\u001b[0m\n", text(err));
        assertEquals("a result\n", text(out));
    }

    @Test
    void thePrinterOfTheEditedLineGetsAllLines() {
        Console console = console(true);
        console.configure(ColourChoice.NEVER, false);
        List<String> above = new ArrayList<>();
        console.printThrough(above::add);
        console.print("a result");
        console.warn("a warning");
        console.printThrough(null);
        console.print("later");
        assertEquals(List.of("a result", "a warning"), above);
        assertEquals("later\n", text(out));
    }

    private Console broken(UnaryOperator<OutputStream> kind, String why) {
        return new Console(new Streams(InputStream.nullInputStream(), kind.apply(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        }), err, false, false, false, StandardCharsets.UTF_8), false, new Interrupts(code -> {}));
    }

    @Test
    void aClosedOutputIsRecognizedInAllLanguages() {
        Console english = broken(UnaryOperator.identity(), "Broken pipe");
        assertThrows(OutputClosedException.class, () -> english.print("x"));
        Console spanish = broken(PipeOutput::new, "Tuber\u00eda rota");
        assertThrows(OutputClosedException.class, () -> spanish.print("x"));
    }

    @Test
    void aFullDiskIsNotMistakenForAClosedOutput() {
        Console console = broken(UnaryOperator.identity(), "No space left on device");
        OutputException full = assertThrows(OutputException.class, () -> console.print("x"));
        assertEquals("cannot write: No space left on device", full.getMessage());
        assertEquals(ExitCode.NOT_WRITTEN, ExitCode.of(full));
    }

    @Test
    void anUnsavedPositionIsReportedAsAFailure() {
        Console console = console(false);
        PositionException disk = new PositionException("/a", "The position of /a cannot be saved.", null);
        new EventPrinter(console).accept(new ClientEvent.PositionNotSaved("/a", Position.after(7), disk));
        assertEquals("The position of /a cannot be saved.\n", text(err));
        assertEquals(Optional.of(ExitCode.NOT_WRITTEN), console.failure().map(ExitCode::of));
    }

}
