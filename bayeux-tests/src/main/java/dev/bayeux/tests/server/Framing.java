package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Defines for a {@link StreamServer} where the messages of a full-duplex carrier begin and end. An implementation has no
 * state: it serves all connections.
 */
public interface Framing {

    /**
     * Begins a connection, for a carrier that begins with a greeting, for example. Does nothing by default.
     *
     * @param in what the client sends
     * @param out what the client receives
     * @throws IOException if the connection has ended
     */
    default void open(InputStream in, OutputStream out) throws IOException {
        // Many carriers begin with the first message.
    }

    /**
     * Reads the next message of the client.
     *
     * @param in what the client sends
     * @return the message in UTF-8; {@code null} if the client has ended the connection
     * @throws IOException if the connection has ended otherwise
     */
    byte @Nullable [] read(InputStream in) throws IOException;

    /**
     * {@return the bytes that carry one message to the client}
     *
     * @param message the message in UTF-8; not changed
     */
    byte[] frame(byte[] message);
}
