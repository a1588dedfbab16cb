package dev.bayeux.tests.server;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** One client of a {@link MemoryServer}. */
final class MemoryExchanger implements HttpExchanger {

    private final MemoryServer server;
    private final Set<MemoryExchange> underWay = ConcurrentHashMap.newKeySet();
    /** Guarded by the server's lock; 0 before the first connection. */
    private int connection;
    private volatile boolean closed;

    MemoryExchanger(MemoryServer server) {
        this.server = server;
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        if (closed) {
            throw closed();
        }
        int number = server.connect(this);
        if (number == 0) {
            throw new ConnectException("The server is down.");
        }
        MemoryExchange exchange = new MemoryExchange(server, call.reply());
        underWay.add(exchange);
        try {
            if (closed) {
                throw closed();
            }
            HttpReader.Head head = new HttpReader.Head(call.method(), target(call.uri()), call.headers());
            exchange.start(number, head, call.body());
            return call.limit().await(exchange.outcome());
        } catch (ExecutionException failed) {
            switch (Objects.requireNonNullElse(failed.getCause(), failed)) {
                case IOException lost -> throw lost;
                case RuntimeException other -> throw other;
                default -> throw new IllegalStateException(failed.getCause());
            }
        } finally {
            exchange.end(Ending.LEFT_BY_CLIENT, null);
            underWay.remove(exchange);
        }
    }

    @Override
    public void close() {
        closed = true;
        // Before the connection ends, so that no held connect belongs to a client without a connection.
        underWay.forEach(exchange -> exchange.end(Ending.LEFT_BY_CLIENT, closed()));
        server.disconnect(this);
    }

    /** Called with the server's lock: several requests may come at once, and make one connection. */
    int numbered(IntSupplier next) {
        if (connection == 0) {
            connection = next.getAsInt();
        }
        return connection;
    }

    /** The server has closed the connection. */
    void lose() {
        underWay.forEach(exchange -> exchange.end(Ending.BROKEN_BY_SERVER,
                new IOException("The server has closed the connection.")));
        server.disconnect(this);
    }

    private static String target(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static TransportException closed() {
        return new TransportException(Problem.CLOSED, "The transport was closed.", null);
    }
}
