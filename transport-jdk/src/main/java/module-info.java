/**
 * Long-polling and WebSocket for the Bayeux client over {@link java.net.http.HttpClient}; needs nothing but the JDK.
 * Being on the class path or module path is enough: the client finds {@code jdk-long-polling} and uses it, and finds
 * {@code jdk-websocket} and {@code jdk-callback-polling} when they are named.
 *
 * @provides dev.bayeux.api.spi.TransportProvider the transports {@code jdk-long-polling}, {@code jdk-websocket} and
 *           {@code jdk-callback-polling}
 */
module dev.bayeux.transport.jdk {
    requires transitive dev.bayeux.api;
    requires dev.bayeux.http;
    requires transitive java.net.http;

    exports dev.bayeux.transport.jdk;

    provides dev.bayeux.api.spi.TransportProvider with dev.bayeux.transport.jdk.JdkLongPollingProvider,
            dev.bayeux.transport.jdk.JdkWebSocketProvider, dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
}
