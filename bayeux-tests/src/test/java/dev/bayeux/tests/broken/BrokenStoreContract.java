package dev.bayeux.tests.broken;

import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.contract.PositionStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held against a store with the fault that a configuration parameter names. */
@ExtendWith(FaultParameters.class)
final class BrokenStoreContract extends PositionStoreContract {

    private final StoreFault.Storage storage = new StoreFault.Storage();
    private final StoreFault fault;

    BrokenStoreContract(StoreFault fault) {
        this.fault = fault;
    }

    @Override
    protected PositionStore open() {
        return fault.open(storage);
    }

    @Override
    protected boolean breakStorage() {
        storage.fail();
        return true;
    }
}
