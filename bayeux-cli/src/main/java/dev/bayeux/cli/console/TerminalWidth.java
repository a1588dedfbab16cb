package dev.bayeux.cli.console;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Asks the terminal how many columns it has. */
final class TerminalWidth {

    /** The width if the terminal reports none: nearly all terminals have at least as many columns. */
    private static final int USUAL = 80;

    private TerminalWidth() {
    }

    /** {@return the columns of the terminal at the standard error; 80 if it reports none} */
    static int ofError() {
        return of(SystemStream.Error);
    }

    /** {@return the columns of the terminal at the standard output; 80 if it reports none} */
    static int ofOutput() {
        return of(SystemStream.Output);
    }

    private static int of(SystemStream stream) {
        for (String name : new String[]{"ffm", "exec"}) {
            try {
                int width = TerminalProvider.load(name).systemStreamWidth(stream);
                if (width > 0) {
                    return width;
                }
            } catch (IOException | LinkageError | RuntimeException missing) {
                // The next provider may be available.
            }
        }
        return USUAL;
    }
}
