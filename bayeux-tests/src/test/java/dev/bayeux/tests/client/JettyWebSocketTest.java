package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;

class JettyWebSocketTest extends FullDuplexContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyWebSocketProvider();
    }
}
