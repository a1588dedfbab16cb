/**
 * Long-polling for the Bayeux client over {@link java.net.http.HttpClient}; needs nothing but the JDK. Being on the
 * class path or module path is enough: the client finds it by the name {@code jdk-long-polling}.
 *
 * @provides dev.bayeux.api.spi.TransportProvider the transport {@code jdk-long-polling}
 */
module dev.bayeux.transport.jdk {
    requires transitive dev.bayeux.api;
    requires transitive java.net.http;

    exports dev.bayeux.transport.jdk;

    provides dev.bayeux.api.spi.TransportProvider with dev.bayeux.transport.jdk.JdkLongPollingProvider;
}
