/**
 * Long-polling for the Bayeux client over Jetty's {@link org.eclipse.jetty.client.HttpClient}. Being on the class path
 * or module path is enough: the client finds it by the name {@code jetty-long-polling}.
 *
 * @provides dev.bayeux.api.spi.TransportProvider the transport {@code jetty-long-polling}
 */
module dev.bayeux.transport.jetty {
    requires transitive dev.bayeux.api;
    requires transitive org.eclipse.jetty.client;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.util;

    exports dev.bayeux.transport.jetty;

    provides dev.bayeux.api.spi.TransportProvider with dev.bayeux.transport.jetty.JettyLongPollingProvider;
}
