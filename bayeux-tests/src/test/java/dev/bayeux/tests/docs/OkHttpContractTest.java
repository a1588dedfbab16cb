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

    /** OkHttp ends a head that is too large as it ends one that is cut short. */
    @Override
    protected boolean tellsLargeHeads() {
        return false;
    }

    /** OkHttp looks at a connection only after 10 s without a request. */
    @Override
    protected boolean noticesClosedConnections() {
        return false;
    }
}
