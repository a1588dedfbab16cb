package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where things are written, and the line that goes away. */
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
    void linesTakeThePlaceOfTheStatusWhichComesAgainBelow() {
        Console console = console(true);
        console.configure(ColourChoice.NEVER, false);
        console.status("waiting");
        console.note("one");
        console.status("");
        assertEquals("waiting\r\u001b[Kone\nwaiting\r\u001b[K", text(err));
    }

    @Test
    void nothingGoesAwayWhereThereIsNoTerminal() {
        Console console = console(false);
        try (Progress progress = console.waitFor("nothing")) {
            progress.tell("something");
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
    void whoeverKnowsTheLineThatIsTypedGetsAllLines() {
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

    @Test
    void anOutputThatIsClosedIsNoticed() {
        Console console = new Console(new Streams(InputStream.nullInputStream(), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }, err, false, false, false, StandardCharsets.UTF_8), false, new Interrupts(code -> {}));
        assertThrows(OutputClosedException.class, () -> console.print("x"));
    }

    @Test
    void linesAreReadAheadAndTogether() throws Exception {
        Lines lines = new Lines(new ByteArrayInputStream("a\nb\nc".getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        assertEquals(Optional.of("a"), lines.next());
        List<String> rest = new ArrayList<>();
        for (List<String> some = lines.next(2); !some.isEmpty(); some = lines.next(2)) {
            rest.addAll(some);
        }
        assertEquals(List.of("b", "c"), rest);
        assertEquals(Optional.empty(), lines.next());
    }

    @Test
    void whatWasReadBeforeAFailureIsNotLost() throws Exception {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream("a\n".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                });
        Lines lines = new Lines(broken, StandardCharsets.UTF_8);
        assertEquals(List.of("a"), lines.next(10));
        BadInputException told = assertThrows(BadInputException.class, () -> lines.next(10));
        assertTrue(told.getMessage().contains("gone"), told.getMessage());
    }
}
