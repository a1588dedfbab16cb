package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.WebSocketTransport;
import dev.bayeux.http.shared.ClientHandle;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSocket transports over the JDK's {@link WebSocket}. Safe for use by several threads.
 *
 * <p>Without a client of your own all transports of the JVM with the same settings share one {@code HttpClient}: with the
 * same connect timeout, and the same proxies and TLS of {@link dev.bayeux.api.http.HttpSettings}. It has one thread, for its
 * selector. It is made when the first transport sends, and shut down when the last one closes, so that no thread stays.
 *
 * <p>The JDK does not show the headers of an upgrade that has succeeded, so the client does not store cookies that a server
 * sets there. The JDK does not compress messages.
 */
public final class JdkWebSocketProvider implements TransportProvider {

    private final @Nullable HttpClient ownClient;

    /**
     * Uses HTTP clients that this module makes when they are needed, shares among transports, and shuts down after the last
     * use.
     */
    public JdkWebSocketProvider() {
        ownClient = null;
    }

    /**
     * Uses a client of your own, with its proxy, TLS, connect timeout and executor. The transports never shut it down, so it
     * may serve other purposes as well. Its executor should be {@code Runnable::run}: with several threads, the JDK (25) may
     * miss the end of a connection right after a message, and the client then detects the loss only when an answer is
     * overdue. No task of the transports waits on that executor.
     *
     * @param client the HTTP client
     * @throws ConfigurationException if it follows redirects or keeps cookies: each Bayeux client has separate
     *         cookies, and a server would treat two clients with the same cookies as one
     */
    public JdkWebSocketProvider(HttpClient client) {
        ownClient = OwnClient.checked(client);
    }

    /**
     * {@return {@code "jdk-websocket"}}
     */
    @Override
    public String name() {
        return "jdk-websocket";
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
        HttpClient own = ownClient;
        return new WebSocketTransport(context, own == null
                ? new JdkSocketOpener(ClientSettings.handleForSockets(context),
                        ClientSettings.handleForOtherAddresses(context, true), context.http())
                : new JdkSocketOpener(ClientHandle.of(own), null, OwnClient.proxies(own, context)));
    }
}
