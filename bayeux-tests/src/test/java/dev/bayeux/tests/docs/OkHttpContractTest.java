package dev.bayeux.tests.docs;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import org.junit.jupiter.api.Tag;

/** The contract of transports, over a stack that this project does not ship. */
@Tag("transport:okhttp")
class OkHttpContractTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new OkHttpProvider();
    }
}
