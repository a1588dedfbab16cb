package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.SocketCall;
import dev.bayeux.http.SocketOpener;
import dev.bayeux.http.SocketReply;
import dev.bayeux.http.shared.ClientHandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens sockets with {@link WebSocket}. */
final class JdkSocketOpener implements SocketOpener {

    private final ClientHandle<HttpClient> handle;
    /** For another address of the server's name; {@code null} for a client of the program. */
    private final @Nullable ClientHandle<HttpClient> named;
    private final HttpSettings proxies;

    JdkSocketOpener(ClientHandle<HttpClient> handle, @Nullable ClientHandle<HttpClient> named, HttpSettings proxies) {
        this.handle = handle;
        this.named = named;
        this.proxies = proxies;
    }

    @Override
    public CompletableFuture<SocketReply> open(SocketCall call) throws InterruptedException {
        ProxyRoute route = ProxyRoute.to(call.uri(), proxies);
        CompletableFuture<SocketReply> answer = new CompletableFuture<>();
        CompletableFuture<WebSocket> first = build(call, route, null, answer);
        if (named == null || route.proxy().isPresent()) {
            first.whenComplete((socket, failure) -> finish(answer, call, route, socket, failure));
        } else {
            Thread.ofVirtual().name("bayeux-jdk-address").start(() -> choose(call, route, first, answer));
        }
        return answer;
    }

    /** Uses the first address, or another one if the first cannot be reached. */
    private void choose(SocketCall call, ProxyRoute route, CompletableFuture<WebSocket> first,
            CompletableFuture<SocketReply> answer) {
        try {
            CompletableFuture<WebSocket> building = first;
            if (!isAnswered(first, call.uri())) {
                Optional<OtherAddress> other = OtherAddress.find(call.uri(), null);
                if (other.isPresent()) {
                    first.cancel(true);
                    building = build(call, route, other.get(), answer);
                }
            }
            building.whenComplete((socket, failure) -> finish(answer, call, route, socket, failure));
        } catch (InterruptedException | RuntimeException failed) {
            answer.completeExceptionally(failed);
        }
    }

    /** Whether the server has answered, or accepts connections and so may still answer. */
    private static boolean isAnswered(CompletableFuture<WebSocket> building, URI uri) throws InterruptedException {
        try {
            building.get(OtherAddress.SLOW.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException failed) {
            return !Failures.isNotConnected(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (CancellationException givenUp) {
            return true;
        } catch (TimeoutException slow) {
            return OtherAddress.isFirstReachable(uri);
        }
    }

    private CompletableFuture<WebSocket> build(SocketCall call, ProxyRoute route, @Nullable OtherAddress address,
            CompletableFuture<SocketReply> answer) throws InterruptedException {
        ClientHandle<HttpClient>.Use use = (address != null && named != null ? named : handle).enter();
        try {
            WebSocket.Builder builder = use.client().newWebSocketBuilder().connectTimeout(call.limit());
            if (address != null) {
                builder.header("Host", OtherAddress.host(call.uri()));
            }
            call.headers().forEach((name, values) -> values.forEach(value -> addHeader(builder, name, value)));
            route.authorization().ifPresent(login -> builder.header(Failures.LOGIN_HEADER, login));
            CompletableFuture<WebSocket> building = builder.buildAsync(
                    address == null ? call.uri() : address.in(call.uri()), new JdkSocketListener(call.listener()));
            answer.whenComplete((reply, failure) -> {
                if (answer.isCancelled()) {
                    building.cancel(true);
                }
            });
            return building;
        } finally {
            use.leave();
        }
    }

    /** Adds a header. The JDK itself refuses all other headers that a program must not set. */
    private static void addHeader(WebSocket.Builder builder, String name, String value) {
        if (name.equalsIgnoreCase("Host")) {
            throw new ConfigurationException("The header Host cannot be given: the HTTP client sets it by itself.");
        }
        builder.header(name, HeaderText.checked(name, value));
    }

    @Override
    public void close() {
        handle.close();
        if (named != null) {
            named.close();
        }
    }

    private void finish(CompletableFuture<SocketReply> answer, SocketCall call, ProxyRoute route,
            @Nullable WebSocket socket, @Nullable Throwable failure) {
        if (socket != null) {
            // The JDK does not show the headers of this answer.
            if (!answer.complete(new SocketReply(new HttpReply(101, Map.of()), new JdkSocket(socket)))) {
                socket.abort();
            }
            return;
        }
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            HttpResponse<?> response = refused.getResponse();
            try {
                Failures.checkLogin(response.statusCode(), route, true);
            } catch (TransportException notSent) {
                answer.completeExceptionally(notSent);
            }
            answer.complete(new SocketReply(new HttpReply(response.statusCode(), response.headers().map()), null));
        } else {
            if (Failures.isUnreadable(cause)) {
                // The connection stays open until its client ends.
                handle.renew();
                if (named != null) {
                    named.renew();
                }
            }
            answer.completeExceptionally(explain(cause, call, route));
        }
    }

    private static Throwable explain(@Nullable Throwable cause, SocketCall call, ProxyRoute route) {
        if (cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException)) {
            // Not a cause: its text may show a value, which may be a secret.
            return new ConfigurationException(
                    "The WebSocket client does not accept one of the headers %s: either it sets that one by itself, or the name or the value has characters that a header cannot have."
                            .formatted(List.copyOf(call.headers().keySet())));
        }
        if (cause instanceof HttpTimeoutException late && !(late instanceof HttpConnectTimeoutException)) {
            return new TimeoutException(late.getMessage());
        }
        if (cause != null && route.proxy().isEmpty() && Failures.isHeaderTooLarge(cause)) {
            return call.headersTooLarge();
        }
        try {
            return Failures.translate(cause == null ? new IOException("no socket") : cause, route);
        } catch (TransportException known) {
            return known;
        }
    }
}
