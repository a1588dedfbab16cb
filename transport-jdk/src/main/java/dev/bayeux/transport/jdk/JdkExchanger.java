package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.HttpCall;
import dev.bayeux.api.spi.HttpExchanger;
import dev.bayeux.api.spi.HttpReply;
import dev.bayeux.api.spi.ReplyBuffer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over {@link HttpClient}, each on a virtual thread of its own, whose interruption is what aborts it: the
 * JDK's own request timeout ends with the response's headers, and looking up a host's name cannot be interrupted at
 * all. ({@code sendAsync} would do as well but costs more: it completes on the common pool, and where that has no
 * threads, Java 21 starts a platform thread for each request.)
 *
 * <p>The JDK sends a POST request again in two cases only, neither of which can double a message: no connection was
 * made, or an HTTP/2 server said that it had not looked at the request. {@link SentOnce} makes it so for GET as well.
 */
final class JdkExchanger implements HttpExchanger {

    private final ClientSource clients;
    private final Set<FutureTask<?>> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;
    private int threads;
    private volatile boolean closed;

    JdkExchanger(ClientSource clients) {
        this.clients = clients;
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        BodyPublisher body = call.method().equals("GET") ? new SentOnce() : BodyPublishers.ofByteArray(call.body());
        FutureTask<HttpResponse<ReplyBuffer>> exchange = newExchange(request(call, body), call.reply());
        try {
            Thread.ofVirtual().name("bayeux-jdk-exchange").start(() -> {
                try {
                    exchange.run();
                } finally {
                    ended();
                }
            });
            HttpResponse<?> response = exchange.get(TimeUnit.NANOSECONDS.convert(call.limit()), TimeUnit.NANOSECONDS);
            return new HttpReply(response.statusCode(), response.headers().map());
        } catch (CancellationException aborted) {
            throw closed(aborted);
        } catch (ExecutionException failed) {
            if (closed) {
                throw closed(failed);
            }
            Throwable cause = failed.getCause();
            throw Failures.translate(body instanceof SentOnce once ? once.translate(cause) : cause, call.uri());
        } finally {
            exchange.cancel(true);
            underWay.remove(exchange);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            underWay.forEach(exchange -> exchange.cancel(true));
            releaseIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** A thread has left the client, at last: it may do so some time after its exchange was given up. */
    private void ended() {
        lock.lock();
        try {
            threads--;
            releaseIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Not before: a client that is shut down does not close a connection that is opened a moment later. */
    private void releaseIfUnused() {
        if (closed && threads == 0 && client != null) {
            client = null;
            clients.release();
        }
    }

    /** Under the same lock as {@link #close}: what is not there to be cancelled does not start. */
    private FutureTask<HttpResponse<ReplyBuffer>> newExchange(HttpRequest request, ReplyBuffer reply) {
        lock.lock();
        try {
            if (closed) {
                throw closed(null);
            }
            HttpClient http = client == null ? clients.acquire() : client;
            client = http;
            var exchange = new FutureTask<>(() -> http.send(request, response -> new ReplySubscriber(reply)));
            underWay.add(exchange);
            threads++;
            return exchange;
        } finally {
            lock.unlock();
        }
    }

    private static HttpRequest request(HttpCall call, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).method(call.method(), body);
        call.headers().forEach((name, values) -> addHeader(request, name, values));
        return request.build();
    }

    private static void addHeader(HttpRequest.Builder request, String name, List<String> values) {
        try {
            values.forEach(value -> request.header(name, value));
        } catch (IllegalArgumentException refused) {
            // Not a cause: its text may show the value, which may be a secret.
            throw new ConfigurationException(
                    "The HTTP client does not accept the header %s: either it sets that one by itself, or the name or the value has characters that a header cannot have."
                            .formatted(name));
        }
    }

    private static TransportException closed(@Nullable Throwable cause) {
        return new TransportException(Problem.CLOSED, "The transport is closed.", cause);
    }
}
