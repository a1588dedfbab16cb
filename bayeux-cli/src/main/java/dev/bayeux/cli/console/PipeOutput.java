package dev.bayeux.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A pipe: it cannot be written when nobody reads it any more. The system says so in the language of the user. */
final class PipeOutput extends FilterOutputStream {

    private static final String CLOSED = "Broken pipe";

    PipeOutput(OutputStream out) {
        super(out);
    }

    /** {@return whether that is why a write has failed, to any stream} */
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
