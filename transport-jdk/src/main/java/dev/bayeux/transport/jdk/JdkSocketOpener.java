package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.lending.Lease;
import dev.bayeux.api.spi.HttpReply;
import dev.bayeux.api.spi.ProxyRoute;
import dev.bayeux.api.spi.SocketCall;
import dev.bayeux.api.spi.SocketOpener;
import dev.bayeux.api.spi.SocketReply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens sockets with {@link WebSocket}. */
final class JdkSocketOpener implements SocketOpener {

    private final Lease<HttpClient> lease;
    private final HttpSettings proxies;

    JdkSocketOpener(Lease<HttpClient> lease, HttpSettings proxies) {
        this.lease = lease;
        this.proxies = proxies;
    }

    @Override
    public CompletableFuture<SocketReply> open(SocketCall call) throws InterruptedException {
        ProxyRoute route = ProxyRoute.to(call.uri(), proxies);
        Lease<HttpClient>.Stay stay = lease.enter();
        CompletableFuture<SocketReply> answer = new CompletableFuture<>();
        try {
            WebSocket.Builder builder = stay.client().newWebSocketBuilder().connectTimeout(call.limit());
            call.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
            route.authorization().ifPresent(login -> builder.header(Failures.LOGIN_HEADER, login));
            CompletableFuture<WebSocket> building = builder.buildAsync(call.uri(),
                    new JdkSocketListener(call.listener()));
            building.whenComplete((socket, failure) -> finish(answer, call, route, socket, failure));
            answer.whenComplete((reply, failure) -> {
                if (answer.isCancelled()) {
                    building.cancel(true);
                }
            });
        } finally {
            stay.leave();
        }
        return answer;
    }

    @Override
    public void close() {
        lease.close();
    }

    private static void finish(CompletableFuture<SocketReply> answer, SocketCall call, ProxyRoute route,
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
            answer.completeExceptionally(explain(cause, call, route));
        }
    }

    private static Throwable explain(@Nullable Throwable cause, SocketCall call, ProxyRoute route) {
        if (cause instanceof IllegalArgumentException) {
            // Not a cause: its text may show a value, which may be a secret.
            return new ConfigurationException(
                    "The WebSocket client does not accept one of the headers %s: either it sets that one by itself, or the name or the value has characters that a header cannot have."
                            .formatted(List.copyOf(call.headers().keySet())));
        }
        if (cause instanceof HttpTimeoutException late && !(late instanceof HttpConnectTimeoutException)) {
            return new TimeoutException(late.getMessage());
        }
        try {
            return Failures.translate(cause == null ? new IOException("no socket") : cause, route);
        } catch (TransportException known) {
            return known;
        }
    }
}
