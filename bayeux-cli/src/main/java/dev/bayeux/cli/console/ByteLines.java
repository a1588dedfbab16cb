package dev.bayeux.cli.console;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines before they are decoded: a reader would lose the good lines that it has read together with one that is malformed.
 * For all charsets that have line ends where ASCII has them.
 */
final class ByteLines {

    private final InputStream in;
    private boolean afterReturn;

    ByteLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** {@return the next line without its end, which may be that of Unix, Windows or the old Macintosh; null at the end} */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next == '\n' && afterReturn) {
            next = in.read();
        }
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n' && next != '\r') {
            line.write(next);
            next = in.read();
        }
        afterReturn = next == '\r';
        return line.toByteArray();
    }
}
