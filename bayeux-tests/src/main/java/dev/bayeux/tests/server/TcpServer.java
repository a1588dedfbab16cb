package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** A scripted server on a port of the loopback interface. */
abstract sealed class TcpServer extends ScriptedPeer permits ScriptedServer, StreamServer {

    private final InetAddress address;
    private final ServerSocketFactory listeners;
    private final boolean askingClients;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;
    private final ServerThreads threads;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    /**
     * Holds the port while the listener is closed, so that no other program gets it meanwhile. Where the system allows that,
     * always: else the port would be free for a moment each time.
     */
    private @Nullable ClosedPort reserved;
    private boolean closed;

    TcpServer(InetAddress address, ServerSocketFactory listeners, boolean askingClients) {
        this.address = address;
        this.listeners = listeners;
        this.askingClients = askingClients;
        try {
            reserved = ClosedPort.allowsListening() ? ClosedPort.reserve(address, 0) : null;
            ServerSocket first = listenAt(reserved == null ? 0 : reserved.number());
            port = first.getLocalPort();
            threads = new ServerThreads("test-server-%d".formatted(port));
            accept(first);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Makes what serves a connection that a client has made. */
    abstract ServerConnection connection(Socket socket, int number);

    /** Host and port of this server. */
    final String authority() {
        String host = address instanceof Inet6Address
                ? "[%s]".formatted(address.getHostAddress())
                : address.getHostAddress();
        return host + ":" + port;
    }

    @Override
    public final int connectionCount() {
        return connections.get();
    }

    @Override
    public final void awaitNoConnections(Duration limit) throws InterruptedException {
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
    public final void dropConnections() {
        open.forEach(ServerConnection::close);
    }

    @Override
    public final void goDown() {
        Thread acceptor = stopListening();
        dropConnections();
        if (acceptor == null) {
            return;
        }
        // The port is free only when the thread that accepts has noticed.
        ServerThreads.join(acceptor);
        lock.lock();
        try {
            if (listener == null && !closed && reserved == null) {
                reserved = ClosedPort.reserve(address, port);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void comeBack() {
        lock.lock();
        try {
            if (listener != null || closed) {
                return;
            }
            if (!ClosedPort.allowsListening()) {
                freePort();
            }
            accept(listenAt(port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void close() {
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
    void forget(ServerConnection connection) {
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
        ServerConnection connection = connection(socket, connections.incrementAndGet());
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
        if (reserved != null) {
            reserved.close();
            reserved = null;
        }
    }
}
