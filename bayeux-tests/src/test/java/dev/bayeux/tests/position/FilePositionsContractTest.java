package dev.bayeux.tests.position;

import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.contract.PositionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilePositionsContractTest extends PositionStoreContract {

    @TempDir
    Path folder;

    @Override
    protected PositionStore open() {
        return PositionStore.ofFile(folder.resolve("positions"));
    }
}
