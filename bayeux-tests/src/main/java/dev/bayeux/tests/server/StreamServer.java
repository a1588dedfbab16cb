package dev.bayeux.tests.server;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;

/**
 * Plays a server for full-duplex carriers over TCP other than WebSocket: each message of a client is a request, and the body
 * of each {@link Reply} with status 200 is a message to the client. Any other status closes the connection, as do
 * {@link Answer#drop()} and {@link Answer#reset()}. To send a message unasked, answer with {@link Answer#held} and release it
 * later. {@link Answer#cut} and {@link Answer#paused} count the bytes of the frame. Headers do not exist.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="streamServer"}
 */
public final class StreamServer extends TcpServer {

    private final Framing framing;

    private StreamServer(Framing framing) {
        super(InetAddress.getLoopbackAddress(), ServerSocketFactory.getDefault(), false);
        this.framing = framing;
    }

    /**
     * Starts a server on a free port.
     *
     * @param framing how the carrier marks messages
     * @return the server; it must be closed
     */
    public static StreamServer start(Framing framing) {
        return new StreamServer(framing);
    }

    /**
     * {@return an address with the host and port of this server; its scheme is {@code http}, which clients require and which
     * has no meaning here}
     */
    @Override
    public URI uri() {
        return URI.create("http://%s/".formatted(authority()));
    }

    @Override
    ServerConnection connection(Socket socket, int number) {
        return new StreamConnection(this, socket, number, framing);
    }
}
