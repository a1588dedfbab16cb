package dev.bayeux.transport.jetty;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;

/** HTTP/2. Apart from all else, since the library it needs is optional: it is loaded when somebody wants it. */
final class NewerTransport {

    private NewerTransport() {
    }

    /**
     * {@return HTTP/2, or over TLS whatever the server agrees to}
     *
     * @param secure whether connections speak TLS; without, nothing can be agreed on, so it is HTTP/2 at once
     */
    static HttpClientTransport make(boolean secure) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        var newer = new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector));
        return secure
                ? new LeavingConnectionsOpen(connector, newer, HttpClientConnectionFactory.HTTP11)
                : new LeavingConnectionsOpen(connector, newer);
    }

    /**
     * After a server has said GOAWAY, Jetty would close the connection with the first request that ends on it, and with it
     * all that the server is still to answer. The session closes itself when its last stream has ended.
     */
    private static final class LeavingConnectionsOpen extends HttpClientTransportDynamic {

        LeavingConnectionsOpen(ClientConnector connector, ClientConnectionFactory.Info... protocols) {
            super(connector, protocols);
        }

        @Override
        public Destination newDestination(Origin origin) {
            return new HttpDestination(getHttpClient(), origin) {

                @Override
                public void release(Connection connection) {
                    if (connection instanceof ConnectionPool.MaxMultiplexable && !connection.isClosed()) {
                        // Whether the pool still knows it matters to nobody but the pool.
                        getConnectionPool().release(connection);
                        send();
                    } else {
                        super.release(connection);
                    }
                }
            };
        }
    }
}
