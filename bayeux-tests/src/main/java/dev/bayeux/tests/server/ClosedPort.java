package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port without a server, which refuses each connection. It is reserved until it is closed, so the operating system gives it
 * to no other program meanwhile, such as a test that runs at the same time.
 */
public final class ClosedPort implements AutoCloseable {

    private final Socket bound;

    private ClosedPort(Socket bound) {
        this.bound = bound;
    }

    /**
     * Reserves a free port of the loopback interface.
     *
     * @return the port; it must be closed
     */
    public static ClosedPort reserve() {
        return reserve(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Reserves a port.
     *
     * @param address an address of this machine
     * @param number the port's number; 0 for any that is free
     * @return the port; it must be closed
     * @throws UncheckedIOException if another program has the port
     */
    public static ClosedPort reserve(InetAddress address, int number) {
        Socket socket = new Socket();
        try {
            // The connections of a server that has just stopped may still be ending.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, number));
            return new ClosedPort(socket);
        } catch (IOException taken) {
            try {
                socket.close();
            } catch (IOException alsoFailed) {
                taken.addSuppressed(alsoFailed);
            }
            throw new UncheckedIOException(taken);
        }
    }

    /**
     * {@return whether a server may listen at a port while it is reserved, as on Linux} Elsewhere the port must be closed before,
     * and another program may get it in between.
     */
    public static boolean allowsListening() {
        return System.getProperty("os.name").equals("Linux");
    }

    /**
     * {@return the number of the port}
     */
    public int number() {
        return bound.getLocalPort();
    }

    /**
     * {@return an address at this port}
     */
    public URI uri() {
        return URI.create("http://%s:%d/bayeux".formatted(bound.getLocalAddress().getHostAddress(), number()));
    }

    /** Makes the port free. */
    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
