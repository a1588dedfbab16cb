package dev.bayeux.transport.jetty;

import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
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
                ? new HttpClientTransportDynamic(connector, newer, HttpClientConnectionFactory.HTTP11)
                : new HttpClientTransportDynamic(connector, newer);
    }
}
