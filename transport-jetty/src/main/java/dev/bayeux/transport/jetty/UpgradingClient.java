package dev.bayeux.transport.jetty;

import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;

/**
 * Sends upgrades to WebSockets, each through its proxy. In Jetty 12.0 this is the only place to put the tag of the proxy on
 * an upgrade before Jetty chooses the proxy.
 */
@SuppressWarnings("try") // HttpClient has a close() that may be interrupted.
final class UpgradingClient extends HttpClient {

    UpgradingClient(HttpClientTransport transport) {
        super(transport);
    }

    @Override
    public Destination resolveDestination(Request request) {
        if (request.getTag() == null) {
            request.tag(ProxyRoutes.choose(this, request.getURI(), true).tag());
        }
        return super.resolveDestination(request);
    }
}
