package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.WebSocketTransport;
import dev.bayeux.http.shared.ClientHandle;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSocket transports over Jetty's {@link WebSocketClient}. Safe for use by several threads.
 *
 * <p>Without a client of your own all transports of the JVM with the same settings share one {@code WebSocketClient}: with
 * the same connect timeout, and the same proxies and TLS of {@link dev.bayeux.api.http.HttpSettings}; and one each for
 * {@code http} and {@code https}. It follows no redirects and keeps no cookies. It is started when the first transport
 * sends, and stopped when the last one closes, so that no thread stays.
 */
public final class JettyWebSocketProvider implements TransportProvider {

    private final @Nullable WebSocketClient ownClient;
    private final boolean compressing;

    /** Uses clients that this module starts when they are needed, shares among transports, and stops after the last use. */
    public JettyWebSocketProvider() {
        this(null, false);
    }

    /**
     * Uses a client of your own, with its {@code HttpClient}, and the proxy, TLS, timeouts and threads of that. The
     * transports never stop it, so it may serve other purposes as well. Whatever its settings, the transports follow no
     * redirects, and its limits for messages and its idle timeout do not apply.
     *
     * @param client the WebSocket client, started
     * @throws ConfigurationException if it is not started or keeps cookies: each Bayeux client has its own cookies,
     *             and a server would treat two clients with the same cookies as one
     */
    public JettyWebSocketProvider(WebSocketClient client) {
        this(client, false);
        if (!client.isStarted()) {
            throw new ConfigurationException("A WebSocketClient for Bayeux must be started: call start() before.");
        }
        if (!(client.getHttpClient().getHttpCookieStore() instanceof HttpCookieStore.Empty)) {
            throw new ConfigurationException(
                    "The HttpClient of a WebSocketClient for Bayeux must not keep cookies: call setHttpCookieStore(new HttpCookieStore.Empty()) before start(). Each Bayeux client keeps its own.");
        }
    }

    private JettyWebSocketProvider(@Nullable WebSocketClient client, boolean compressing) {
        this.ownClient = client;
        this.compressing = compressing;
    }

    /**
     * {@return a provider that offers the server to compress messages ({@code permessage-deflate}); otherwise like this
     * one}
     *
     * <p>Useful where the network is slow and messages are large. It costs both sides processor time for each message and
     * memory for each socket. With a server that does not agree, messages are not compressed.
     */
    public JettyWebSocketProvider withCompression() {
        return new JettyWebSocketProvider(ownClient, true);
    }

    /**
     * {@return {@code "jetty-websocket"}}
     */
    @Override
    public String name() {
        return "jetty-websocket";
    }

    /**
     * {@return {@code "websocket"}}
     */
    @Override
    public String connectionType() {
        return WebSocketTransport.CONNECTION_TYPE;
    }

    @Override
    public FullDuplexTransport open(TransportContext context) {
        WebSocketClient own = ownClient;
        return new WebSocketTransport(context, new JettySocketOpener(
                own == null ? ClientSettings.handleForSockets(context) : ClientHandle.of(own), compressing));
    }
}
