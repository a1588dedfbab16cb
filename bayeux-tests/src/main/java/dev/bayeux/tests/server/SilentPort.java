package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A port at which no connection can be made: its queue of connections that wait to be accepted is full. What a client
 * sees depends on the operating system: its attempt hangs (Linux) or is refused.
 */
public final class SilentPort implements AutoCloseable {

    private static final int MOST_WAITING = 1000;
    private static final int ATTEMPT_MILLIS = 50;
    /** On a busy machine one attempt may fail though there is room. */
    private static final int FAILED_ATTEMPTS = 3;

    private final List<Socket> waiting = new ArrayList<>();
    private final ServerSocket listener;

    private SilentPort(ServerSocket listener) {
        this.listener = listener;
    }

    /**
     * Opens such a port on the loopback interface.
     *
     * @return the port; it must be closed
     */
    public static SilentPort open() {
        return open(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Opens such a port.
     *
     * @param address an address of this machine
     * @param number the port's number; 0 for any
     * @return the port; it must be closed
     */
    public static SilentPort open(InetAddress address, int number) {
        try {
            SilentPort port = new SilentPort(new ServerSocket(number, 1, address));
            port.fill();
            return port;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * {@return an address at this port}
     */
    public URI uri() {
        return URI.create(
                "http://%s:%d/bayeux".formatted(listener.getInetAddress().getHostAddress(), listener.getLocalPort()));
    }

    @Override
    public void close() {
        try {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void fill() throws IOException {
        int failed = 0;
        while (waiting.size() < MOST_WAITING) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()),
                        ATTEMPT_MILLIS);
                failed = 0;
            } catch (SocketTimeoutException | ConnectException full) {
                if (++failed == FAILED_ATTEMPTS) {
                    return;
                }
            }
        }
        close();
        throw new IOException("This system accepts any number of connections that nobody accepts.");
    }
}
