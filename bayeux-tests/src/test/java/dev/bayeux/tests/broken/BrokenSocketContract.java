package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.WebSocketContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of full-duplex transports, held against one with the fault that a configuration parameter names. */
@ExtendWith(FaultParameters.class)
final class BrokenSocketContract extends WebSocketContract {

    private final SocketFault fault;
    private final Duration patience;

    BrokenSocketContract(SocketFault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected TransportProvider transportProvider() {
        return fault.provider();
    }

    @Override
    protected boolean showsUpgradeHeaders() {
        return false;
    }

    @Override
    protected Duration patience() {
        return patience;
    }

    /** It waits for the body, and then shows neither. */
    @Override
    protected boolean tellsCutRefusals() {
        return false;
    }
}
