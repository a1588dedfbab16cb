package dev.bayeux.tests.position;

import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.contract.PositionStoreContract;

class MemoryPositionsTest extends PositionStoreContract {

    @Override
    protected PositionStore open() {
        return PositionStore.inMemory();
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
