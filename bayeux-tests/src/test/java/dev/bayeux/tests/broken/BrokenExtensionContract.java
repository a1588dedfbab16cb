package dev.bayeux.tests.broken;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.SampleMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held against an extension with the fault that a configuration parameter names. */
@ExtendWith(FaultParameters.class)
final class BrokenExtensionContract extends ExtensionContract {

    private final ExtensionFault fault;

    BrokenExtensionContract(ExtensionFault fault) {
        this.fault = fault;
    }

    @Override
    protected Extension newExtension() {
        return fault.extension();
    }

    @Override
    protected List<SampleMessage> forgedMessages() {
        return fault.forgedMessages();
    }

    @Override
    protected Duration patience() {
        // Some rules time out at a broken extension that drops messages.
        return fault.broken().contains("theClientWorksAsItDoesWithout") ? Duration.ofMillis(300) : super.patience();
    }
}
