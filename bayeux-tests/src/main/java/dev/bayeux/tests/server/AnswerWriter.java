package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.OutputStream;

/** How replies are written to a connection, whole or in parts. */
interface AnswerWriter {

    /** The whole reply. */
    void write(Reply reply, OutputStream out) throws IOException;

    /** What comes before the body, and the first bytes of the body. */
    void begin(Reply reply, int bytes, OutputStream out) throws IOException;

    /** The rest of the body. */
    void finish(Reply reply, int from, OutputStream out) throws IOException;

    /** The whole body once more, within a reply that does not end. */
    void more(Reply reply, OutputStream out) throws IOException;
}
