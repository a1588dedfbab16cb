package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held against a transport with the fault that a configuration parameter names. */
@ExtendWith(FaultParameters.class)
final class BrokenContract extends TransportContract {

    private final TransportProvider provider;
    private final Duration patience;

    BrokenContract(Fault fault, Duration patience) {
        this.provider = fault.provider();
        this.patience = patience;
    }

    @Override
    protected TransportProvider transportProvider() {
        return provider;
    }

    @Override
    protected Duration patience() {
        return patience;
    }
}
