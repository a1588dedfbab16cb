package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.carrier.LengthFraming;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.StreamServer;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of full-duplex carriers, held against one with the fault that a configuration parameter names. */
@ExtendWith(FaultParameters.class)
final class BrokenCarrierContract extends FullDuplexContract {

    private final CarrierFault fault;
    private final Duration patience;

    BrokenCarrierContract(CarrierFault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected TransportProvider transportProvider() {
        return fault.provider();
    }

    @Override
    protected ScriptedPeer newPeer() {
        return StreamServer.start(new LengthFraming());
    }

    @Override
    protected Duration patience() {
        return patience;
    }
}
