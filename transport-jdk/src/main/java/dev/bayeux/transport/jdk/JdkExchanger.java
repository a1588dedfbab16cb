package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.lending.Lease;
import dev.bayeux.api.spi.HttpCall;
import dev.bayeux.api.spi.HttpExchanger;
import dev.bayeux.api.spi.HttpReply;
import dev.bayeux.api.spi.ProxyRoute;
import dev.bayeux.api.spi.ReplyBuffer;
import dev.bayeux.api.spi.TransportContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
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

    private final Lease<HttpClient> lease;
    private final HttpSettings proxies;
    private final Set<FutureTask<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable Prepared prepared;

    /** A request without place and body, whose headers the JDK has looked at: mostly the next one has the same. */
    private record Prepared(Map<String, List<String>> headers, Optional<String> login, HttpRequest.Builder request) {

        static Prepared of(Map<String, List<String>> headers, Optional<String> login) {
            HttpRequest.Builder request = HttpRequest.newBuilder();
            headers.forEach((name, values) -> addHeader(request, name, values));
            // Goes to the proxy only: the JDK keeps it from the server behind a tunnel.
            login.ifPresent(value -> request.header(Failures.LOGIN_HEADER, value));
            return new Prepared(headers, login, request);
        }
    }

    private JdkExchanger(Lease<HttpClient> lease, HttpSettings proxies) {
        this.lease = lease;
        this.proxies = proxies;
    }

    /** Over the program's own client; over one that is shared, if it has none. */
    static HttpExchanger over(@Nullable HttpClient own, TransportContext context) {
        return new JdkExchanger(own == null ? ClientSettings.leaseForHttp(context) : Lease.of(own),
                OwnClient.proxies(own, context));
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        ProxyRoute route = ProxyRoute.to(call.uri(), proxies);
        BodyPublisher body = call.method().equals("GET") ? new SentOnce() : new WholeBody(call.body());
        HttpRequest request = request(call, body, route);
        Lease<HttpClient>.Stay stay = lease.enter();
        FutureTask<HttpResponse<ReplyBuffer>> exchange = new FutureTask<>(
                () -> stay.client().send(request, response -> ReplySubscriber.of(response, call.reply())));
        underWay.add(exchange);
        Thread.ofVirtual().name("bayeux-jdk-exchange").start(() -> {
            try {
                exchange.run();
            } finally {
                // It may do so some time after its exchange was given up.
                stay.leave();
            }
        });
        try {
            if (closed) {
                throw closed(null);
            }
            HttpResponse<?> response = call.limit().await(exchange);
            Failures.checkLogin(response.statusCode(), route, isSecure(call));
            return new HttpReply(response.statusCode(), response.headers().map());
        } catch (CancellationException aborted) {
            throw closed(aborted);
        } catch (ExecutionException failed) {
            if (closed) {
                throw closed(failed);
            }
            Throwable cause = failed.getCause();
            throw Failures.translate(body instanceof SentOnce once ? once.translate(cause) : cause, route);
        } finally {
            exchange.cancel(true);
            underWay.remove(exchange);
        }
    }

    @Override
    public void dropConnections() {
        lease.renew();
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(exchange -> exchange.cancel(true));
        lease.close();
    }

    private static boolean isSecure(HttpCall call) {
        return "https".equalsIgnoreCase(call.uri().getScheme());
    }

    private HttpRequest request(HttpCall call, BodyPublisher body, ProxyRoute route) {
        Prepared known = prepared;
        if (known == null || known.headers() != call.headers() || !known.login().equals(route.authorization())) {
            known = Prepared.of(call.headers(), route.authorization());
            prepared = known;
        }
        return known.request().copy().uri(call.uri()).method(call.method(), body).build();
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
