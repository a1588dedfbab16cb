package dev.bayeux.tests.interop;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.CallbackPollingTransport;
import dev.bayeux.http.WebSocketTransport;
import dev.bayeux.tests.docs.OkHttpProvider;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import dev.bayeux.transport.jetty.JettyCallbackPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import java.util.function.Supplier;

/** The transports that come with the library, for tests that run over each of them. */
public enum Http {

    JDK(JdkLongPollingProvider::new),

    JETTY(JettyLongPollingProvider::new),

    JDK_WEBSOCKET(JdkWebSocketProvider::new),

    JETTY_WEBSOCKET(JettyWebSocketProvider::new),

    JETTY_WEBSOCKET_COMPRESSED(() -> new JettyWebSocketProvider().withCompression()),

    OKHTTP(OkHttpProvider::new),

    /** With addresses as long as the real servers take them: CometD by its default, of Jetty, and Faye by that of Node.js. */
    JDK_CALLBACK_POLLING(() -> new JdkCallbackPollingProvider().withMaxUriLength(7000)),

    JETTY_CALLBACK_POLLING(() -> new JettyCallbackPollingProvider().withMaxUriLength(7000));

    private final Supplier<TransportProvider> provider;

    Http(Supplier<TransportProvider> provider) {
        this.provider = provider;
    }

    public TransportProvider provider() {
        return provider.get();
    }

    /** Whether messages are part of an address. */
    boolean inAddress() {
        return provider().connectionType().equals(CallbackPollingTransport.CONNECTION_TYPE);
    }

    /** Whether one connection carries everything. */
    public boolean fullDuplex() {
        return provider().connectionType().equals(WebSocketTransport.CONNECTION_TYPE);
    }
}
