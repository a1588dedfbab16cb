package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.position.Position;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.EventPrinter;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The output for an unexpected failure. */
class MainTest {

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Console console = new Console(new Streams(InputStream.nullInputStream(),
            OutputStream.nullOutputStream(), errors, false, false, false, StandardCharsets.UTF_8), false,
            new Interrupts(code -> {}));

    @Test
    void anUnsavedPositionIsNoSuccess() {
        new EventPrinter(console).accept(new ClientEvent.PositionNotSaved("/a", Position.after(7),
                new PositionException("/a", "The position of /a cannot be saved.", null)));
        assertEquals(ExitCode.NOT_WRITTEN.code(), Main.run(console, "--help"));
    }

    @Test
    void aBugIsShownWholeButNothingInItReachesTheTerminal() {
        Exception bug = new IllegalStateException("bad\u001b[2J\u009btext\nof a server",
                new IllegalArgumentException("\u001b]0;title\u0007"));
        assertEquals(ExitCode.INTERNAL.code(), Main.ended(console, bug));
        String shown = errors.toString(StandardCharsets.UTF_8);
        assertTrue(shown.lines().allMatch(line -> line.chars().noneMatch(Character::isISOControl)), shown);
        assertTrue(shown.contains("\njava.lang.IllegalStateException: bad [2J text\nof a server\n"), shown);
        assertTrue(shown.contains("\n    at dev.bayeux.cli/dev.bayeux.cli.MainTest.") || shown
                .contains("\n    at dev.bayeux.cli.MainTest."), shown);
        assertTrue(shown.contains("\nCaused by: java.lang.IllegalArgumentException:  ]0;title \n"), shown);
    }
}
