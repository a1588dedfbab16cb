package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;

class JdkClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkLongPollingProvider();
    }
}
