package dev.bayeux.tests.docs;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** OkHttp, as a transport needs it. */
final class OkHttpExchanger implements HttpExchanger {

    private final HttpSettings settings;
    private volatile OkHttpClient client;
    private volatile boolean closed;
    private volatile boolean serverCloses;

    OkHttpExchanger(TransportContext context) {
        settings = context.http();
        Dispatcher dispatcher = new Dispatcher(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("okhttp").factory()));
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient.Builder builder = new OkHttpClient.Builder().dispatcher(dispatcher)
                .connectTimeout(context.connectTimeout()).readTimeout(Duration.ZERO).writeTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false).followRedirects(false).followSslRedirects(false)
                .proxySelector(settings.proxies()).proxyAuthenticator(this::tunnelLogin).connectionPool(newPool());
        // The context itself decides who is trusted; OkHttp uses the trust manager for pins alone.
        settings.tls().ifPresent(tls -> builder.sslSocketFactory(tls.getSocketFactory(), PlatformTrust.MANAGER));
        if (settings.isInsecure()) {
            builder.hostnameVerifier((host, session) -> true);
        }
        client = builder.build();
    }

    /** OkHttp asks before it makes a tunnel, and once more if the proxy has refused the login. */
    private @Nullable Request tunnelLogin(@Nullable Route route, Response response) {
        if (!"OkHttp-Preemptive".equals(response.header("Proxy-Authenticate"))) {
            return null;
        }
        Request tunnel = response.request();
        return ProxyRoute.to(tunnel.url().uri(), settings).authorization()
                .map(login -> tunnel.newBuilder().header("Proxy-Authorization", login).build()).orElse(null);
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        checkOpen();
        CompletableFuture<HttpReply> outcome = new CompletableFuture<>();
        OkHttpClient used = client;
        Call request = used.newCall(request(call));
        request.enqueue(new Callback() {
            @Override
            public void onResponse(Call done, Response response) {
                HttpReply reply = new HttpReply(response.code(), response.headers().toMultimap());
                try (response) {
                    call.reply().begin(reply);
                    read(response.body().byteStream(), call);
                } catch (IOException | RuntimeException failed) {
                    outcome.completeExceptionally(failed);
                }
                if (response.protocol() == Protocol.HTTP_1_0) {
                    // The server closes each connection, but OkHttp would use it again.
                    serverCloses = true;
                    used.connectionPool().evictAll();
                }
                outcome.complete(reply);
            }

            @Override
            public void onFailure(Call done, IOException failed) {
                outcome.completeExceptionally(failed);
            }
        });
        try {
            // A close in between may have missed this request.
            checkOpen();
            return call.limit().await(outcome);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), call.uri());
        } finally {
            request.cancel();
            if (used != client) {
                used.connectionPool().evictAll();
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
        }
    }

    private Request request(HttpCall call) throws UnknownHostException {
        HttpUrl url = HttpUrl.get(call.uri());
        if (url == null) {
            throw new UnknownHostException(call.uri().getHost());
        }
        Request.Builder request = new Request.Builder().url(url).method(call.method(), new OneShot(call.body()));
        call.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (serverCloses) {
            request.header("Connection", "close");
        }
        if (!url.isHttps()) {
            // A request that goes to a proxy as it is; OkHttp would log in only after a refusal.
            ProxyRoute.to(call.uri(), settings).authorization()
                    .ifPresent(login -> request.header("Proxy-Authorization", login));
        }
        return request.build();
    }

    /** OkHttp would send any other body again for some statuses, which would double messages. */
    private static final class OneShot extends RequestBody {

        private final byte[] bytes;

        OneShot(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null; // It is among the headers.
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }

    private static void read(InputStream body, HttpCall call) throws IOException {
        byte[] chunk = new byte[1 << 14];
        for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
            call.reply().append(ByteBuffer.wrap(chunk, 0, length));
        }
    }

    private IOException failure(Throwable cause, URI uri) {
        if (closed) {
            throw new TransportException(Problem.CLOSED, "The transport is closed.", cause);
        }
        ProxyRoute route = ProxyRoute.to(uri, settings);
        route.checkProxy(cause);
        String text = String.valueOf(cause.getMessage());
        return switch (cause) {
            case TransportException known -> throw known;
            case ProtocolException login when text.contains("407") -> throw route.loginRefused();
            case IOException login when text.startsWith("Failed to authenticate with proxy") ->
                throw route.loginRefused();
            case IOException tunnel when text.startsWith("Unexpected response code for CONNECT") ->
                throw route.unreachable(Problem.NOT_CONNECTED,
                        "it refuses a tunnel with HTTP status" + text.substring(text.lastIndexOf(' ')), tunnel);
            // Without the cause, which quotes what the server has sent.
            case IOException cut when text.startsWith("unexpected end") ->
                new IOException("The answer was cut short, or its headers have no end.");
            case ProtocolException unreadable -> new ProtocolException("it begins as no answer does");
            case SocketTimeoutException connecting -> new ConnectException("No connection in time.");
            case IOException failed -> failed;
            default -> new IOException(cause);
        };
    }

    private ConnectionPool newPool() {
        return settings.keepAlive() ? new ConnectionPool() : new ConnectionPool(0, 1, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropConnections() {
        OkHttpClient dropped = client;
        // Requests in flight end in the other pool, which keeps no connection then.
        client = dropped.newBuilder().connectionPool(newPool()).build();
        dropped.connectionPool().evictAll();
    }

    @Override
    public void close() {
        closed = true;
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    /** Whom the JVM trusts. */
    private static final class PlatformTrust {

        static final X509TrustManager MANAGER = manager();

        private static X509TrustManager manager() {
            try {
                TrustManagerFactory factory = TrustManagerFactory
                        .getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                return (X509TrustManager) factory.getTrustManagers()[0];
            } catch (GeneralSecurityException unusable) {
                throw new IllegalStateException("The JVM has no usable TLS.", unusable);
            }
        }
    }
}
