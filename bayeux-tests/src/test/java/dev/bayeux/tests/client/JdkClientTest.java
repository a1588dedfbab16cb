package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jdk")
class JdkClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkLongPollingProvider();
    }
}
