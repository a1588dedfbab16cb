package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.ReplyLimit;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP client on plain sockets that keeps the contract. Its protected methods are where broken ones differ: each
 * of them is one mistake away from this one.
 */
class SocketExchanger implements HttpExchanger {

    /** One request under way. */
    static final class Exchange {

        final HttpCall call;
        final CompletableFuture<HttpReply> outcome = new CompletableFuture<>();
        volatile HttpLine line = HttpLine.NONE;
        volatile boolean reused;
        int round;

        Exchange(HttpCall call) {
            this.call = call;
        }
    }

    /** Those that {@link #close()} looks after. */
    final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final Duration connectTimeout;
    private final HttpSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<HttpLine> idle = new ArrayDeque<>();
    private boolean closed;
    /** Counts calls of {@link #dropConnections()}. */
    private int round;

    SocketExchanger(TransportContext context) {
        connectTimeout = context.connectTimeout();
        settings = context.http();
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        Exchange exchange = new Exchange(call);
        begin(exchange);
        Thread.ofVirtual().name("socket-exchange").start(() -> run(exchange));
        try {
            return await(exchange, call.limit());
        } catch (TimeoutException | InterruptedException givenUp) {
            abort(exchange);
            throw givenUp;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException lost -> throw lost;
                case RuntimeException other -> throw other;
                default -> throw new IllegalStateException(failed.getCause());
            }
        } finally {
            underWay.remove(exchange);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closeIdle(idle);
            idle.clear();
        } finally {
            lock.unlock();
        }
        for (Exchange exchange : underWay) {
            exchange.outcome.completeExceptionally(closed());
            exchange.line.close();
        }
    }

    protected void closeIdle(Deque<HttpLine> lines) {
        lines.forEach(HttpLine::close);
    }

    /** Refuses after close. */
    protected void begin(Exchange exchange) {
        lock.lock();
        try {
            if (closed) {
                throw closed();
            }
            underWay.add(exchange);
            exchange.round = round;
        } finally {
            lock.unlock();
        }
    }

    protected HttpReply await(Exchange exchange, ReplyLimit limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        return limit.await(exchange.outcome);
    }

    /** The caller does not wait any more. */
    protected void abort(Exchange exchange) {
        exchange.outcome.cancel(false);
        exchange.line.close();
    }

    protected HttpLine newLine() {
        return new HttpLine();
    }

    protected HttpReply roundTrip(Exchange exchange, HttpLine line) throws IOException {
        line.send(exchange.call);
        return line.receive(exchange.call.reply());
    }

    /** Returns an idle connection to the pool, for the next request. */
    protected void release(Exchange exchange) {
        lock.lock();
        try {
            if (!closed && settings.keepAlive() && isRecent(exchange) && exchange.line.isReusable()
                    && !exchange.outcome.isCancelled()) {
                idle.push(exchange.line);
                return;
            }
        } finally {
            lock.unlock();
        }
        exchange.line.close();
    }

    /** Whether its connection was made after the last call of {@link #dropConnections()}. Called with the lock. */
    protected boolean isRecent(Exchange exchange) {
        return exchange.round == round;
    }

    protected HttpLine connect(URI uri, HttpLine line) throws IOException {
        ProxyRoute route = ProxyRoute.to(uri, settings);
        InetSocketAddress server = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        InetSocketAddress hop = route.proxy()
                .map(proxy -> new InetSocketAddress(proxy.getHostString(), proxy.getPort())).orElse(server);
        try {
            if (hop.isUnresolved()) {
                throw new UnknownHostException(hop.getHostString());
            }
            line.socket().connect(hop, (int) connectTimeout.toMillis());
        } catch (SocketTimeoutException late) {
            throw new ConnectException("Not in time.");
        } catch (IOException failed) {
            checkProxy(route, failed);
            throw failed;
        }
        String login = route.authorization().orElse(null);
        boolean secure = "https".equals(uri.getScheme());
        if (route.proxy().isPresent() && secure) {
            int status = line.tunnel(uri, tunnelLogin(route));
            if (status == 407) {
                throw tunnelLoginRefused(route);
            }
            if (status != 200) {
                throw route.unreachable(Problem.NOT_CONNECTED, "status " + status, new IOException("no tunnel"));
            }
        } else if (route.proxy().isPresent()) {
            line.throughProxy(login);
        }
        if (secure) {
            line.secure(tls(), !settings.isInsecure(), uri);
        }
        return line;
    }

    protected @Nullable String tunnelLogin(ProxyRoute route) {
        return route.authorization().orElse(null);
    }

    protected RuntimeException tunnelLoginRefused(ProxyRoute route) throws IOException {
        return route.loginRefused();
    }

    protected void checkProxy(ProxyRoute route, IOException failed) {
        route.checkProxy(failed);
    }

    private SSLContext tls() throws IOException {
        try {
            return settings.tls().isPresent() ? settings.tls().get() : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException none) {
            throw new IOException(none);
        }
    }

    @Override
    public void dropConnections() {
        lock.lock();
        try {
            idle.forEach(HttpLine::close);
            idle.clear();
            round++;
        } finally {
            lock.unlock();
        }
    }

    private void run(Exchange exchange) {
        try {
            HttpLine line = acquire(exchange);
            HttpReply reply = roundTrip(exchange, line);
            release(exchange);
            exchange.outcome.complete(reply);
        } catch (IOException | RuntimeException failed) {
            leave(exchange, failed);
            exchange.outcome.completeExceptionally(failed);
        }
    }

    /** A connection over which something went wrong. */
    protected void leave(Exchange exchange, Exception failed) {
        exchange.line.close();
    }

    private HttpLine acquire(Exchange exchange) throws IOException {
        HttpLine kept = pollIdle(exchange.call.uri().getPort());
        exchange.reused = kept != null;
        exchange.line = kept == null ? newLine() : kept;
        // Whoever gives up after this finds the line and closes it.
        if (exchange.outcome.isDone()) {
            throw new IOException("Given up before it began.");
        }
        return kept == null ? connect(exchange.call.uri(), exchange.line) : kept;
    }

    /** All servers are on this machine: the port tells them apart. */
    private @Nullable HttpLine pollIdle(int port) {
        lock.lock();
        try {
            idle.removeIf(line -> {
                boolean stale = line.isStale();
                if (stale) {
                    line.close();
                }
                return stale;
            });
            HttpLine kept = idle.stream().filter(line -> line.socket().getPort() == port).findFirst().orElse(null);
            if (kept != null) {
                idle.remove(kept);
            }
            return kept;
        } finally {
            lock.unlock();
        }
    }

    private static TransportException closed() {
        return new TransportException(Problem.CLOSED, "The transport was closed.", null);
    }
}
