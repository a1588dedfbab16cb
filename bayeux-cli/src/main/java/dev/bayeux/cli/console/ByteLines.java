package dev.bayeux.cli.console;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines before they are decoded, because a reader would lose the good lines that it has read
 * together with a malformed one. Works for charsets that encode line ends as ASCII does.
 */
final class ByteLines {

    private final InputStream in;
    private boolean afterReturn;

    ByteLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** {@return the next line without its line end (LF, CR LF or CR); null at the end of the stream} */
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
