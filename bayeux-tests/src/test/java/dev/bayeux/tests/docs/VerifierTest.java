package dev.bayeux.tests.docs;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.SampleMessage;
import jakarta.json.Json;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** An extension that lets in only what is signed can be proven. */
@Tag("transport:memory")
class VerifierTest extends ExtensionContract {

    @Override
    protected Extension newExtension() {
        return new Verifier("key");
    }

    @Override
    protected SampleMessage fromServer(SampleMessage message) {
        return message.withExt("seal", Json.createValue(Verifier.seal("key", message)));
    }

    @Override
    protected List<SampleMessage> forgedMessages() {
        return List.of(
                SampleMessage.incoming("{\"channel\":\"/prices/eu\",\"data\":{\"p\":3}}"),
                SampleMessage.incoming("{\"channel\":\"/prices/eu\",\"data\":{\"p\":3},\"ext\":{\"seal\":7}}"),
                fromServer(SampleMessage.incoming("{\"channel\":\"/prices/eu\",\"data\":{\"p\":3}}"))
                        .withData(Json.createValue(4)),
                SampleMessage.incoming("{\"channel\":\"/meta/connect\",\"id\":\"3\",\"successful\":true}"));
    }
}
