package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.SampleMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTest extends ExtensionContract {

    private static final SampleMessage SPENT = SampleMessage.incoming("""
            {"channel":"/orders","id":"7","successful":true,"ext":{"quota":0}}""");

    @Override
    protected Extension newExtension() {
        return new Quota();
    }

    @Override
    protected List<SampleMessage> serverMessages() {
        return List.of(SPENT);
    }

    @Test
    void nothingIsPublishedOnceTheQuotaIsSpent() {
        Quota quota = new Quota();
        quota.incoming(SPENT);
        assertEquals(0, quota.left());
        assertNull(quota.outgoing(SampleMessage.outgoing("""
                {"channel":"/orders","id":"8","clientId":"c1","data":1}""")));
    }
}
