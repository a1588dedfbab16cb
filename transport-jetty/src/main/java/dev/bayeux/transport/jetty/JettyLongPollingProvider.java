package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;
import java.util.Set;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens long-polling transports over Jetty's {@link HttpClient}. Safe for use by several threads.
 *
 * <p>Without a client of your own all transports of the JVM with the same settings share one {@code HttpClient}: with the
 * same connect timeout, and the same proxies, TLS and version of {@link dev.bayeux.api.http.HttpSettings}; and one each for
 * {@code http} and {@code https}. It follows no redirects and keeps no cookies. HTTP/2 needs the artifact
 * {@code org.eclipse.jetty.http2:jetty-http2-client-transport}. It is started when the first transport sends, and stopped
 * when the last one closes, so that no thread stays. A transport whose connections may be dead gets another client, which all
 * such transports of that moment share.
 */
public final class JettyLongPollingProvider implements TransportProvider {

    private static final Set<String> HTTP_1 = Set.of("http/1.1");

    private final @Nullable HttpClient ownClient;

    /**
     * Uses HTTP clients that this module starts when they are needed, shares among transports, and stops after the last use.
     */
    public JettyLongPollingProvider() {
        ownClient = null;
    }

    /**
     * Uses a client of your own, with its transport (HTTP/2, for example), proxy, TLS, timeouts and threads. The transports
     * never stop it, so it may serve other purposes as well. They also keep it when its connections may be dead, as after a
     * sleep of the machine: over HTTP/2 a client then waits until TCP gives up the connection. It must allow each Bayeux
     * client two connections to the server at a time ({@link HttpClient#setMaxConnectionsPerDestination}). Whatever its
     * settings, the transports follow no redirects, and over HTTP/1.1 its idle timeout does not end a held request.
     *
     * @param client the HTTP client, started
     * @throws ConfigurationException if it is not started; if it keeps cookies: each Bayeux client has its own cookies,
     *             and a server would treat two clients with the same cookies as one; or if it may speak anything newer than
     *             HTTP/1.1 and has an idle timeout ({@link HttpClient#setIdleTimeout}), as it has by default: that would end
     *             a connection on which the server holds all requests in flight
     */
    public JettyLongPollingProvider(HttpClient client) {
        ownClient = checked(client);
    }

    /** Rejects a client with settings that would mix up Bayeux clients. */
    static HttpClient checked(HttpClient client) {
        if (!client.isStarted()) {
            throw new ConfigurationException("An HttpClient for Bayeux must be started: call start() before.");
        }
        if (!(client.getHttpCookieStore() instanceof HttpCookieStore.Empty)) {
            throw new ConfigurationException(
                    "An HttpClient for Bayeux must not keep cookies: call setHttpCookieStore(new HttpCookieStore.Empty()) before start(). Each Bayeux client keeps its own.");
        }
        if (client.getIdleTimeout() > 0 && !speaksOnlyHttp1(client.getBean(HttpClientTransport.class))) {
            throw new ConfigurationException(
                    "An HttpClient for Bayeux over HTTP/2 must not have an idle timeout: call setIdleTimeout(0) before start(). It would end connections on which requests are held.");
        }
        return client;
    }

    private static boolean speaksOnlyHttp1(HttpClientTransport transport) {
        return transport instanceof HttpClientTransportOverHTTP
                || transport instanceof HttpClientTransportDynamic choosing && choosing
                        .getBeans(ClientConnectionFactory.Info.class).stream().allMatch(info -> HTTP_1
                                .containsAll(info.getProtocols(true)) && HTTP_1.containsAll(info.getProtocols(false)));
    }

    /**
     * {@return {@code "jetty-long-polling"}}
     */
    @Override
    public String name() {
        return "jetty-long-polling";
    }

    /**
     * {@return {@code "long-polling"}}
     */
    @Override
    public String connectionType() {
        return LongPollingTransport.CONNECTION_TYPE;
    }

    @Override
    public RequestResponseTransport open(TransportContext context) {
        return new LongPollingTransport(context, JettyExchanger.over(ownClient, context));
    }
}
