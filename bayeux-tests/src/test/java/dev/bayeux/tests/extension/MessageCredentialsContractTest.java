package dev.bayeux.tests.extension;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.tests.contract.ExtensionContract;
import jakarta.json.Json;
import org.junit.jupiter.api.Tag;

@Tag("transport:memory")
class MessageCredentialsContractTest extends ExtensionContract {

    @Override
    protected Extension newExtension() {
        return MessageCredentials.of(message -> true, message -> Json.createObjectBuilder()
                .add("authToken", "open sesame").add("auth", Json.createObjectBuilder().add("id", 7)).build());
    }
}
