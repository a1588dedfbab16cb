package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.WebSocketContract;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

@Tag("transport:jetty-websocket")
class JettyWebSocketTest extends WebSocketContract {

    @BeforeEach
    void proxiesNeedANewerJetty(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        Assumptions.assumeFalse(System.getProperty("jetty.older") != null && name.matches(".*(Proxy|Tunnel).*"),
                "Jetty 12.0 opens WebSockets past a proxy");
    }

    @Override
    protected TransportProvider transportProvider() {
        return new JettyWebSocketProvider();
    }
}
