package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HttpSettings.Version;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Makes Jetty's HTTP and WebSocket clients for programs that do not bring their own. */
final class DefaultClient {

    private static final String NAME = "bayeux-jetty";

    private static final String CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /** The most connections to one server: there are no more local ports. */
    private static final int MOST_CONNECTIONS = 65_536;

    /** Room for the headers that Jetty adds to a request, and for its first line. */
    private static final int OWN_HEADERS = 16_384;

    /** The most bytes of all headers of a response; the JDK's client has the same limit. */
    static final int MOST_RESPONSE_HEADERS = 393_216;

    /**
     * After this time without a request a firewall may have dropped a connection. A request in flight does not count as idle.
     */
    private static final Duration UNUSED = Duration.ofSeconds(30);

    static {
        // Otherwise Jetty asks the JVM's management for the size of a cache line, which loads that and the flight recorder: a
        // fifth of a program's start. Jetty separates the ends of queues by it, which matters little for a few threads.
        if (System.getProperty(CACHE_LINE) == null) {
            System.setProperty(CACHE_LINE, "16");
        }
    }

    private DefaultClient() {
    }

    /**
     * {@return a client that is not started yet}
     *
     * <p>Measured on loopback with 2 cores and JDK 25, one request after the other: 60 µs of CPU per request if the selector
     * thread itself handles what arrives, 105 µs if another thread does. The selector thread may do what is short: parse a
     * response and copy it. With TLS it may not, since a check of a certificate computes, and with revocation checks waits
     * for the network, which would delay all other clients.
     *
     * @param settings the settings of the transports that use it
     */
    static HttpClient forHttp(ClientSettings settings) {
        return with(settings, new HttpClient(transport(settings, new LongPollingConnector(), settings.secure())));
    }

    private static HttpClient with(ClientSettings settings, HttpClient client) {
        ProxyRoutes.install(client, settings);
        client.setName(NAME);
        client.setExecutor(threads());
        // Without a given class loader its thread would keep the context class loader of the first caller.
        client.setScheduler(
                new ScheduledExecutorScheduler(NAME + "-timer", true, DefaultClient.class.getClassLoader(), null, 1));
        // Jetty would size the buckets by the number of threads, so that each would hold one buffer.
        client.setByteBufferPool(new ArrayByteBufferPool(0, 2048, 65_536, 64));
        client.setSocketAddressResolver(
                new SocketAddressResolver.Async(DefaultClient::startAside, client.getScheduler(),
                        0));
        client.setSslContextFactory(tls(settings));
        client.setConnectTimeout(settings.connectTimeout().toMillis());
        // Over HTTP/2 an idle timeout would end a connection on which the server holds all requests.
        client.setIdleTimeout(settings.version() == Version.HTTP_2 ? 0 : UNUSED.toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setFollowRedirects(false);
        client.setMaxRequestHeadersSize(JettyHeaders.MOST_BYTES + OWN_HEADERS);
        client.setUserAgentField(null);
        client.setMaxResponseHeadersSize(MOST_RESPONSE_HEADERS);
        // Added before the start, at which Jetty adds its own handlers: the first one that accepts a response is used.
        client.getProtocolHandlers().put(new InterimResponses());
        client.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                // The module bayeux-http decodes compression, for all HTTP clients.
                client.getContentDecoderFactories().clear();
            }
        });
        return client;
    }

    /**
     * {@return a WebSocket client that is not started yet; threads other than the selector's read messages and pass them on}
     *
     * @param settings the settings of the transports that use it
     */
    static WebSocketClient forSockets(ClientSettings settings) {
        WebSocketClient sockets = socketClient(
                with(settings, new UpgradingClient(transport(settings, new ClientConnector(), true))));
        sockets.setIdleTimeout(Duration.ZERO);
        sockets.setStopTimeout(0);
        return sockets;
    }

    /** Makes a client with the class loader of this module: it keeps the context class loader of the thread that makes it. */
    private static WebSocketClient socketClient(HttpClient http) {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try {
            caller.setContextClassLoader(DefaultClient.class.getClassLoader());
            return new WebSocketClient(http);
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    /** Makes the smallest pool: one thread for the selector, and one for tasks that must not delay it. */
    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool(2, 1);
        threads.setName(NAME);
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(DefaultClient::startAside);
        return threads;
    }

    private static void startAside(Runnable task) {
        Thread.ofVirtual().name(NAME + "-task").start(task);
    }

    private static HttpClientTransport transport(ClientSettings settings, ClientConnector connector, boolean aside) {
        if (settings.version() == Version.HTTP_2) {
            try {
                return NewerTransport.make(settings.secure());
            } catch (NoClassDefFoundError absent) {
                throw new ConfigurationException(
                        "HTTP/2 over Jetty needs the artifact org.eclipse.jetty.http2:jetty-http2-client-transport, of the version of jetty-client, on the class path; or on the module path, with --add-modules org.eclipse.jetty.http2.client.transport.",
                        absent);
            }
        }
        connector.setSelectors(1);
        var http1 = new HttpClientTransportOverHTTP(connector);
        try {
            http1.setInvocationType(aside ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING);
        } catch (NoSuchMethodError older) {
            // Jetty 12.0 offers no choice: it reads responses on other threads than the selector's.
        }
        return http1;
    }

    private static SslContextFactory.Client tls(ClientSettings settings) {
        if (!settings.secure() && settings.tls().isEmpty()) {
            return new LazyTls();
        }
        var tls = new SslContextFactory.Client();
        tls.setSslContext(settings.tls().orElseGet(DefaultClient::ofTheJvm));
        return tls;
    }

    private static SSLContext ofTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS settings.", unusable);
        }
    }
}
