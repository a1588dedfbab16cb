package dev.bayeux.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes to a pipe. Reports every failure as a closed pipe, because the system describes that failure in the user's
 * language.
 */
final class PipeOutput extends FilterOutputStream {

    private static final String CLOSED = "Broken pipe";

    PipeOutput(OutputStream out) {
        super(out);
    }

    /** {@return whether a write to any stream failed because the reader has closed the pipe} */
    static boolean isClosed(IOException failed) {
        return failed.getMessage() != null && failed.getMessage().contains(CLOSED);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException failed) {
            throw new IOException(CLOSED, failed);
        }
    }
}
