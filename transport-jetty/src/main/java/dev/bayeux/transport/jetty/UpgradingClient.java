package dev.bayeux.transport.jetty;

import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;

/**
 * Sends upgrades to WebSockets, each through its proxy. Jetty 12.0 offers no other place at which the tag of the proxy could
 * be put on an upgrade before Jetty chooses the proxy by it.
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
