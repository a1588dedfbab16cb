package dev.bayeux.oauth;

import dev.bayeux.api.http.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries token requests: over the program's HTTP client, or over one for each request, so that nothing stays open. */
final class TokenConnection {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final @Nullable HttpClient shared;
    private final HttpSettings settings;

    private TokenConnection(@Nullable HttpClient shared, HttpSettings settings) {
        this.shared = shared;
        this.settings = settings;
    }

    static TokenConnection over(HttpClient client) {
        return new TokenConnection(client, HttpSettings.DEFAULT);
    }

    static TokenConnection with(HttpSettings settings) {
        return new TokenConnection(null, settings);
    }

    /** Reads a response. */
    interface Reader<T> {

        T read(int status, InputStream body) throws IOException;
    }

    <T> T send(HttpRequest request, Duration timeout, Reader<T> reader) throws IOException, InterruptedException {
        if (shared != null) {
            return send(shared, request, reader);
        }
        HttpClient own = newClient(timeout);
        try {
            return send(own, withProxyLogin(request), reader);
        } finally {
            own.shutdownNow();
        }
    }

    private static <T> T send(HttpClient client, HttpRequest request, Reader<T> reader)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return reader.read(response.statusCode(), body);
        }
    }

    private HttpClient newClient(Duration timeout) {
        HttpClient.Builder client = HttpClient.newBuilder().proxy(settings.proxies())
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT);
        settings.tls().ifPresent(client::sslContext);
        return client.build();
    }

    private HttpRequest withProxyLogin(HttpRequest request) {
        return proxyFor(request.uri()).flatMap(settings::proxyAuthorization)
                .map(login -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .header("Proxy-Authorization", login).build())
                .orElse(request);
    }

    private Optional<InetSocketAddress> proxyFor(URI uri) {
        Proxy first = settings.proxies().select(uri).getFirst();
        return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address
                ? Optional.of(address)
                : Optional.empty();
    }
}
