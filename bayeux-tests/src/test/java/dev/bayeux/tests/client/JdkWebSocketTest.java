package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;

class JdkWebSocketTest extends FullDuplexContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkWebSocketProvider();
    }

    @Override
    protected boolean showsUpgradeHeaders() {
        return false;
    }
}
