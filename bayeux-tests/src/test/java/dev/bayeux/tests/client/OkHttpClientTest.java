package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.tests.docs.OkHttpProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:okhttp")
class OkHttpClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new OkHttpProvider();
    }
}
