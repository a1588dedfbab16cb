package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.transport.jetty.JettyCallbackPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of Jetty that the program brings and that speaks HTTP/2. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jetty")
class OwnHttp2ClientTest {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
    }

    /** A server that holds whatever it is asked. */
    private URI start() throws Exception {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        connector.addConnectionFactory(new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return true;
            }
        });
        server.start();
        return URI.create("http://127.0.0.1:%d/".formatted(connector.getLocalPort()));
    }

    private static HttpClientTransport choosing() {
        ClientConnector connector = new ClientConnector();
        return new HttpClientTransportDynamic(connector, HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)));
    }

    private static HttpClient started(HttpClientTransport transport, long idleTimeoutMs) throws Exception {
        HttpClient client = new HttpClient(transport);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setIdleTimeout(idleTimeoutMs);
        client.start();
        return client;
    }

    /** Jetty would end the connection with all that is held on it, whatever is said of each request. */
    @Test
    @Tag("C-100")
    void oneWithAnIdleTimeoutIsRefused() throws Exception {
        for (HttpClientTransport newer : List.of(new HttpClientTransportOverHTTP2(new HTTP2Client()),
                choosing())) {
            HttpClient client = started(newer, 30_000);
            try {
                var refusal = assertThrows(ConfigurationException.class, () -> new JettyLongPollingProvider(client));
                assertTrue(refusal.getMessage().contains("setIdleTimeout(0)"), refusal.getMessage());
                assertThrows(ConfigurationException.class, () -> new JettyCallbackPollingProvider(client));
            } finally {
                LifeCycle.stop(client);
            }
        }
    }

    @Test
    void oneThatChoosesAmongOlderProtocolsAloneMayHaveAnIdleTimeout() throws Exception {
        HttpClient client = started(new HttpClientTransportDynamic(), 30_000);
        new JettyLongPollingProvider(client);
        LifeCycle.stop(client);
    }

    @Test
    @Tag("C-100")
    void withoutAnIdleTimeoutTheLimitAloneEndsAHeldRequest() throws Exception {
        URI uri = start();
        HttpClient client = started(new HttpClientTransportOverHTTP2(new HTTP2Client()), 0);
        try (RequestResponseTransport transport = new JettyLongPollingProvider(client).open(TransportContext.to(uri))) {
            var failure = assertThrows(TransportException.class,
                    () -> transport.exchange(new Batch("[]", Duration.ofMillis(500))));
            assertEquals(Problem.TIMED_OUT, failure.problem());
        } finally {
            LifeCycle.stop(client);
        }
    }
}
