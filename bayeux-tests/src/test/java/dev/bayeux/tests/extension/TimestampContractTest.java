package dev.bayeux.tests.extension;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.Timestamp;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.SampleMessage;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("transport:memory")
class TimestampContractTest extends ExtensionContract {

    @Override
    protected Extension newExtension() {
        return new Timestamp();
    }

    @Override
    protected List<SampleMessage> serverMessages() {
        return List.of(SampleMessage.incoming("""
                {"channel":"/meta/connect","id":"3","successful":true,"timestamp":"Sun Nov 06 08:49:37 UTC 1994"}"""));
    }
}
