package dev.bayeux.tests.extension;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.Timesync;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.SampleMessage;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("transport:memory")
class TimesyncContractTest extends ExtensionContract {

    @Override
    protected Extension newExtension() {
        return new Timesync();
    }

    @Override
    protected List<SampleMessage> serverMessages() {
        return List.of(SampleMessage.incoming("""
                {"channel":"/meta/connect","id":"3","successful":true,
                 "ext":{"timesync":{"tc":1700000000000,"ts":1700000000123,"p":50,"a":-3}}}"""));
    }
}
