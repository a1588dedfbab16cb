package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jdk-callback-polling")
class JdkCallbackPollingClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkCallbackPollingProvider().withMaxUriLength(7_000);
    }

    @Override
    protected boolean posts() {
        return false;
    }
}
