/**
 * Long-polling and WebSocket for the Bayeux client over Jetty's {@link org.eclipse.jetty.client.HttpClient} and
 * {@link org.eclipse.jetty.websocket.client.WebSocketClient}. Being on the class path or module path is enough: the
 * client finds {@code jetty-long-polling} and uses it, and finds {@code jetty-websocket} and
 * {@code jetty-callback-polling} when they are named.
 *
 * @provides dev.bayeux.api.spi.TransportProvider the transports {@code jetty-long-polling}, {@code jetty-websocket} and
 *           {@code jetty-callback-polling}
 */
module dev.bayeux.transport.jetty {
    requires transitive dev.bayeux.api;
    requires dev.bayeux.http;
    requires transitive org.eclipse.jetty.client;
    requires transitive org.eclipse.jetty.websocket.client;
    requires org.eclipse.jetty.http;
    requires static org.eclipse.jetty.http2.client.transport;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.util;
    requires org.eclipse.jetty.websocket.api;

    exports dev.bayeux.transport.jetty;

    provides dev.bayeux.api.spi.TransportProvider with dev.bayeux.transport.jetty.JettyLongPollingProvider,
            dev.bayeux.transport.jetty.JettyWebSocketProvider, dev.bayeux.transport.jetty.JettyCallbackPollingProvider;
}
