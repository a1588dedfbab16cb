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

/**
 * Makes Jetty's transport for HTTP/2. A separate class, loaded at the first use, since the library that it needs is optional.
 */
final class NewerTransport {

    private NewerTransport() {
    }

    /**
     * {@return a transport for HTTP/2; over TLS also for HTTP/1.1, if the server does not agree to HTTP/2}
     *
     * @param secure whether connections speak TLS; without TLS there is no negotiation, so they begin with HTTP/2
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
     * Keeps a connection open after the server has sent GOAWAY. Jetty would close it when the first request on it ends,
     * although the server still owes answers to others. The session closes itself when its last stream has ended.
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
                        // The pool may not contain it any more; then this does nothing.
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
