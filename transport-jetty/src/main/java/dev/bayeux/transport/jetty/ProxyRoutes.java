package dev.bayeux.transport.jetty;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.http.ProxyRoute;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Authentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of one client that this module makes. Jetty needs all proxies in advance, but the program's selector chooses
 * one for each request. So each request has a tag with its proxy, and the first request with a tag adds that proxy. A bean of
 * the {@link HttpClient}; clients of programs have no such bean, and their own proxies.
 */
final class ProxyRoutes {

    /** The longest wait for the end of a request whose data is already written. */
    private static final Duration ALMOST_SENT = Duration.ofSeconds(1);

    /** Stands for the proxies of a program's client, which this module does not know. */
    private static final HttpSettings UNKNOWN = HttpSettings.DEFAULT.withoutProxy();

    private final HttpClient client;
    private final HttpSettings http;
    private final Map<Tag, HttpProxy> known = new ConcurrentHashMap<>();

    private ProxyRoutes(HttpClient client, HttpSettings http) {
        this.client = client;
        this.http = http;
    }

    /** Distinguishes the requests through one proxy from others. */
    private record Tag(String host, int port, boolean tunnel) {}

    /** A route, and the tag that makes a request take it. */
    record Tagged(ProxyRoute route, @Nullable Object tag) {}

    static void install(HttpClient client, ClientSettings settings) {
        HttpSettings http = HttpSettings.DEFAULT.withProxies(settings.proxies());
        client.addBean(new ProxyRoutes(client, settings.login().map(http::withProxyLogin).orElse(http)));
    }

    /**
     * Chooses the route of a request.
     *
     * @param client any client
     * @param uri the address of the request
     * @param tunnel whether the request needs a tunnel even without TLS
     */
    static Tagged choose(HttpClient client, URI uri, boolean tunnel) {
        ProxyRoutes routes = client.getBean(ProxyRoutes.class);
        if (routes == null) {
            return new Tagged(ProxyRoute.to(uri, UNKNOWN), null);
        }
        ProxyRoute route = ProxyRoute.to(uri, routes.http);
        return new Tagged(route, route.proxy().map(proxy -> routes.tag(proxy, tunnel)).orElse(null));
    }

    private Tag tag(InetSocketAddress proxy, boolean tunnel) {
        Tag tag = new Tag(proxy.getHostString(), proxy.getPort(), tunnel);
        known.computeIfAbsent(tag, first -> {
            HttpProxy added = new TaggedProxy(first);
            client.getAuthenticationStore().addAuthenticationResult(new Login(added.getURI(), proxy));
            client.getProxyConfiguration().addProxy(added);
            return added;
        });
        return tag;
    }

    /** The proxy of the requests with this tag. */
    private static final class TaggedProxy extends HttpProxy {

        private final Tag tag;

        TaggedProxy(Tag tag) {
            super(tag.host, tag.port);
            this.tag = tag;
        }

        @Override
        public boolean matches(Origin origin) {
            return tag.equals(origin.getTag());
        }

        @Override
        public boolean requiresTunnel(Origin server) {
            return tag.tunnel || super.requiresTunnel(server);
        }
    }

    /** The login that Jetty sends to a proxy unasked, and to no other host. */
    private final class Login implements Authentication.Result {

        private final URI uri;
        private final InetSocketAddress proxy;

        Login(URI uri, InetSocketAddress proxy) {
            this.uri = uri;
            this.proxy = proxy;
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        public void apply(Request request) {
            if (HttpMethod.CONNECT.is(request.getMethod())) {
                awaitSent(request);
            }
            http.proxyAuthorization(proxy)
                    .ifPresent(login -> request.headers(headers -> headers.put(HttpHeader.PROXY_AUTHORIZATION, login)));
        }

        /**
         * Waits until a {@code CONNECT} request is written. A proxy can be so fast that Jetty (12.1) reads its answer on one
         * thread while another thread has not finished writing the request, and then fails to write through the tunnel
         * (WritePendingException).
         */
        private static void awaitSent(Request connect) {
            CountDownLatch sent = new CountDownLatch(1);
            connect.onRequestSuccess(done -> sent.countDown()).onRequestFailure((lost, failure) -> sent.countDown())
                    .onResponseBegin(response -> {
                        try {
                            sent.await(ALMOST_SENT.toMillis(), TimeUnit.MILLISECONDS);
                        } catch (InterruptedException stopping) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        @Override
        public String toString() {
            return "Login at " + Objects.toString(uri);
        }
    }
}
