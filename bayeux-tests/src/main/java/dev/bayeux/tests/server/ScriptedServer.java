package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on a port of the loopback interface that answers as a test tells it, also in ways that no real
 * server would. Connections stay open between requests; any number of them are served at once, each on virtual threads.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="scriptedServer"}
 */
public final class ScriptedServer extends ScriptedPeer {

    private final InetAddress address;
    private final ServerSocketFactory listeners;
    private final boolean secure;
    private final boolean askingClients;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ScriptedSockets sockets = new ScriptedSockets();
    private final int port;
    private final ServerThreads threads;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    /** Holds the port while the listener is closed, so that no other program gets it meanwhile. */
    private @Nullable Socket placeholder;
    private boolean closed;

    private ScriptedServer(InetAddress address, ServerSocketFactory listeners, boolean secure, boolean askingClients)
            throws IOException {
        this.address = address;
        this.listeners = listeners;
        this.secure = secure;
        this.askingClients = askingClients;
        ServerSocket first = listenAt(0);
        port = first.getLocalPort();
        threads = new ServerThreads("test-server-%d".formatted(port));
        accept(first);
    }

    /**
     * Starts a server on a port that is free.
     *
     * @return the server; it must be closed
     */
    public static ScriptedServer start() {
        return start(InetAddress.getLoopbackAddress(), ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server at another address.
     *
     * @param address one of this machine, such as {@code ::1}
     * @return the server; it must be closed
     */
    public static ScriptedServer start(InetAddress address) {
        return start(address, ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server that speaks TLS.
     *
     * @param tls which certificate it shows; see {@link TestCertificate}
     * @return the server, its address with {@code https}; it must be closed
     */
    public static ScriptedServer start(SSLContext tls) {
        return start(InetAddress.getLoopbackAddress(), tls.getServerSocketFactory(), true, false);
    }

    /**
     * Starts a server that speaks TLS with clients that show a certificate, and with no others.
     *
     * @param tls which certificate it shows, and which ones it trusts; see {@link TestCertificate}
     * @return the server, its address with {@code https}; it must be closed
     */
    public static ScriptedServer startAskingClients(SSLContext tls) {
        return start(InetAddress.getLoopbackAddress(), tls.getServerSocketFactory(), true, true);
    }

    private static ScriptedServer start(InetAddress address, ServerSocketFactory listeners, boolean secure,
            boolean askingClients) {
        try {
            return new ScriptedServer(address, listeners, secure, askingClients);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @Override
    public URI uri() {
        String host = address instanceof Inet6Address
                ? "[%s]".formatted(address.getHostAddress())
                : address.getHostAddress();
        return URI.create("%s://%s:%d/bayeux".formatted(secure ? "https" : "http", host, port));
    }

    /**
     * {@return what happens to requests for a WebSocket, and the sockets}
     */
    public ScriptedSockets sockets() {
        return sockets;
    }

    @Override
    public int connectionCount() {
        return connections.get();
    }

    @Override
    public void awaitNoConnections(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!open.isEmpty()) {
                if (left <= 0) {
                    throw new AssertionError("%d of %d connections are still open after %s."
                            .formatted(open.size(), connections.get(), limit));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes all connections that are open; new ones are accepted. */
    public void dropConnections() {
        open.forEach(HttpConnection::close);
    }

    @Override
    public void goDown() {
        Thread acceptor = stopListening();
        dropConnections();
        if (acceptor == null) {
            return;
        }
        // The port is free only when the thread that accepts has noticed.
        ServerThreads.join(acceptor);
        lock.lock();
        try {
            if (listener == null && !closed) {
                placeholder = new Socket();
                placeholder.setReuseAddress(true);
                placeholder.bind(new InetSocketAddress(address, port));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void comeBack() {
        lock.lock();
        try {
            if (listener != null || closed) {
                return;
            }
            freePort();
            accept(listenAt(port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stopListening();
            freePort();
        } finally {
            lock.unlock();
        }
        threads.awaitEnd(this::dropConnections);
    }

    /** Runs a part of this server on a virtual thread that {@link #close()} waits for. */
    Thread run(String name, Runnable task) {
        return threads.run(name, task);
    }

    /** A connection has ended. */
    void forget(HttpConnection connection) {
        lock.lock();
        try {
            open.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ServerSocket listenAt(int wanted) throws IOException {
        ServerSocket fresh = listeners.createServerSocket(wanted, 0, address);
        if (fresh instanceof SSLServerSocket tls) {
            tls.setNeedClientAuth(askingClients);
        }
        return fresh;
    }

    private void accept(ServerSocket from) {
        listener = from;
        acceptor = run("accept", () -> {
            try {
                while (true) {
                    serve(from.accept());
                }
            } catch (IOException ended) {
                // The listener was closed: by goDown() or by close().
            }
        });
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        HttpConnection connection = new HttpConnection(this, socket, connections.incrementAndGet());
        lock.lock();
        try {
            if (listener == null) {
                socket.close();
                return;
            }
            open.add(connection);
        } finally {
            lock.unlock();
        }
        connection.start();
    }

    /** The thread that accepted; {@code null} if nobody did. */
    private @Nullable Thread stopListening() {
        lock.lock();
        try {
            if (listener == null) {
                return null;
            }
            listener.close();
            listener = null;
            return acceptor;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }

    private void freePort() {
        try {
            if (placeholder != null) {
                placeholder.close();
                placeholder = null;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
