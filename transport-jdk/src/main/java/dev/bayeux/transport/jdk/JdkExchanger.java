package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TimedWait;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.ReplyBuffer;
import dev.bayeux.http.shared.ClientHandle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs exchanges over {@link HttpClient}, each on a separate virtual thread. An interrupt of that thread aborts the exchange:
 * the JDK's own request timeout ends with the response's headers, and a lookup of a host's name cannot be interrupted at all.
 * ({@code sendAsync} costs more: it completes on the common pool, and where that has no threads, Java 21 starts a platform
 * thread for each request.)
 *
 * <p>The JDK sends a POST request again in two cases only, neither of which can double a message: no connection was made, or
 * an HTTP/2 server said that it had not processed the request. {@link SentOnce} ensures the same for GET.
 */
final class JdkExchanger implements HttpExchanger {

    private final ClientHandle<HttpClient> handle;
    /** For another address of the server's name, over TLS; {@code null} for a client of the program. */
    private final @Nullable ClientHandle<HttpClient> named;
    private final ReentrantLock entering = new ReentrantLock();
    private final String home;
    private final HttpSettings proxies;
    private final KeptConnections kept;
    /** Makes the handle for a server that closes each connection after an answer. */
    private final Supplier<ClientHandle<HttpClient>> newClosing;
    private volatile @Nullable ClientHandle<HttpClient> closing;
    private final Set<FutureTask<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    /** The address at which the server was reached, if it is not the first address of its name. */
    private volatile @Nullable OtherAddress other;

    /** Uses a client that transports share. */
    private JdkExchanger(TransportContext context) {
        this.handle = ClientSettings.handleForHttp(context);
        this.named = ClientSettings.handleForOtherAddresses(context, false);
        this.home = context.uri().getHost();
        this.proxies = context.http();
        this.kept = new KeptConnections(!proxies.keepAlive() || proxies.version() == HttpSettings.Version.HTTP_2);
        this.newClosing = () -> ClientSettings.handleForHttp(context.withHttp(proxies.withKeepAlive(false)));
    }

    /** Uses a client of the program. */
    private JdkExchanger(HttpClient own, TransportContext context) {
        this.handle = ClientHandle.of(own);
        this.named = null;
        this.home = "";
        this.proxies = OwnClient.proxies(own, context);
        this.kept = new KeptConnections(true);
        this.newClosing = () -> handle;
    }

    /** Makes an exchanger over the program's client, or over a shared one if {@code own} is {@code null}. */
    static HttpExchanger over(@Nullable HttpClient own, TransportContext context) {
        return own == null ? new JdkExchanger(context) : new JdkExchanger(own, context);
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        ProxyRoute route = ProxyRoute.to(call.uri(), proxies);
        OtherAddress known = other;
        OtherAddress address = known != null && known.isOf(call.uri()) ? known : null;
        while (true) {
            Attempt attempt = new Attempt(call, route, address);
            try {
                HttpResponse<?> response = attempt.response();
                kept.learn(response);
                Failures.checkLogin(response.statusCode(), route, OtherAddress.isSecure(call.uri()));
                return new HttpReply(response.statusCode(), response.headers().map());
            } catch (CancellationException aborted) {
                throw closed(aborted);
            } catch (NotReached failed) {
                address = failed.other();
                other = address;
            } catch (ExecutionException failed) {
                throw failure(failed, call, attempt, route);
            } finally {
                attempt.end();
            }
        }
    }

    private IOException failure(ExecutionException failed, HttpCall call, Attempt attempt, ProxyRoute route) {
        if (closed) {
            throw closed(failed);
        }
        Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
        if (Failures.isUnreadable(cause)) {
            // The connection stays open until its client ends.
            dropConnections();
        }
        if (Failures.isHeaderTooLarge(cause)) {
            throw call.reply().headersTooLarge();
        }
        return Failures.translate(attempt.body instanceof SentOnce once ? once.translate(cause) : cause, route);
    }

    private ClientHandle<HttpClient>.Use enter(ClientHandle<HttpClient> from) throws InterruptedException {
        if (proxies.keepAlive() && !kept.areClosed()) {
            return from.enter();
        }
        entering.lockInterruptibly();
        try {
            ClientHandle<HttpClient> alone = from == handle && kept.areClosed() ? closing() : from;
            // A client for this request alone, so that its connection closes when the request has ended.
            ClientHandle<HttpClient>.Use use = alone.enter();
            alone.renew();
            return use;
        } finally {
            entering.unlock();
        }
    }

    /** Must be called with the lock {@code entering}. */
    private ClientHandle<HttpClient> closing() {
        ClientHandle<HttpClient> known = closing;
        if (known == null) {
            known = newClosing.get();
            closing = known;
            if (closed) {
                known.close();
            }
        }
        return known;
    }

    /** Signals that nothing was sent, and that the server has another address. */
    private static final class NotReached extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient OtherAddress other;

        NotReached(OtherAddress other) {
            super(null, null, false, false);
            this.other = other;
        }

        OtherAddress other() {
            return other;
        }
    }

    /** One attempt to send a request, to one address. */
    private final class Attempt {

        private final HttpCall call;
        private final boolean direct;
        private final @Nullable OtherAddress address;
        private final Outgoing body;
        private final FutureTask<HttpResponse<ReplyBuffer>> exchange;
        private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

        Attempt(HttpCall call, ProxyRoute route, @Nullable OtherAddress address) throws InterruptedException {
            this.call = call;
            this.direct = named != null && route.proxy().isEmpty() && home.equalsIgnoreCase(call.uri().getHost());
            this.address = address;
            this.body = call.method().equals("GET") ? new SentOnce() : new WholeBody(call.body());
            HttpRequest request = request(call, body, route, address, kept.isAsking());
            ClientHandle<HttpClient>.Use use = enter(
                    address != null && named != null && OtherAddress.isSecure(call.uri()) ? named : handle);
            exchange = new FutureTask<>(
                    () -> use.client().send(request, response -> ReplySubscriber.of(response, call.reply()))) {

                @Override
                protected void done() {
                    ended.complete(null);
                }
            };
            underWay.add(exchange);
            Thread.ofVirtual().name("bayeux-jdk-exchange").start(() -> {
                try {
                    exchange.run();
                } finally {
                    // This can be some time after the exchange was abandoned.
                    use.leave();
                }
            });
        }

        HttpResponse<?> response() throws ExecutionException, TimeoutException, InterruptedException, NotReached {
            if (closed) {
                throw closed(null);
            }
            try {
                Duration left = call.limit().left();
                if (!direct || left.compareTo(OtherAddress.SLOW) <= 0) {
                    call.limit().await(ended);
                } else {
                    TimedWait.get(ended, OtherAddress.SLOW.toNanos());
                }
                return exchange.get();
            } catch (TimeoutException late) {
                if (call.limit().left().isPositive()) {
                    goElsewhere();
                    call.limit().await(ended);
                    return exchange.get();
                }
                throw late;
            } catch (ExecutionException failed) {
                if (direct && Failures.isNotConnected(Objects.requireNonNullElse(failed.getCause(), failed))) {
                    goElsewhere();
                }
                throw failed;
            }
        }

        /** Throws if another address can be tried; returns if the request is leaving, or the server has no other address. */
        private void goElsewhere() throws InterruptedException, NotReached {
            if (!body.isLeaving()) {
                Optional<OtherAddress> found = OtherAddress.find(call.uri(), address);
                if (found.isPresent() && body.giveUp()) {
                    throw new NotReached(found.get());
                }
            }
        }

        void end() {
            exchange.cancel(true);
            underWay.remove(exchange);
        }
    }

    @Override
    public void dropConnections() {
        handle.renew();
        if (named != null) {
            named.renew();
        }
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(exchange -> exchange.cancel(true));
        handle.close();
        ClientHandle<HttpClient> alone = closing;
        if (alone != null) {
            alone.close();
        }
        if (named != null) {
            named.close();
        }
    }

    private static HttpRequest request(HttpCall call, BodyPublisher body, ProxyRoute route,
            @Nullable OtherAddress address, boolean asking) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address == null ? call.uri() : address.in(call.uri()))
                .method(call.method(), body);
        if (address != null) {
            request.header("Host", OtherAddress.host(call.uri()));
        }
        if (asking) {
            KeptConnections.ask(request);
        }
        call.headers().forEach((name, values) -> addHeader(request, name, values));
        // The JDK sends this header to the proxy only, and not through a tunnel to the server.
        route.authorization().ifPresent(login -> request.header(Failures.LOGIN_HEADER, login));
        return request.build();
    }

    private static void addHeader(HttpRequest.Builder request, String name, List<String> values) {
        try {
            if (name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Connection")) {
                throw new IllegalArgumentException(name);
            }
            values.forEach(value -> request.header(name, HeaderText.checked(name, value)));
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
