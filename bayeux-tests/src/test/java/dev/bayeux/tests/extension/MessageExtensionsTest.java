package dev.bayeux.tests.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.api.extension.Timestamp;
import dev.bayeux.tests.contract.SampleMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("transport:memory")
class MessageExtensionsTest {

    private static final SampleMessage SUBSCRIBE = SampleMessage.outgoing("""
            {"channel":"/meta/subscribe","id":"2","clientId":"c1","subscription":"/foo","ext":{"other":1}}""");
    private static final SampleMessage PUBLISH = SampleMessage.outgoing("""
            {"channel":"/foo","id":"3","clientId":"c1","data":{"a":1}}""");

    private static JsonObject signature(BayeuxMessage message) {
        return Json.createObjectBuilder().add("signature", "%s %s %s %s %s".formatted(message.channel(),
                message.id().orElseThrow(), message.clientId().orElseThrow(), message.subscriptions(),
                message.text().orElse("-"))).build();
    }

    @Test
    void timestampsAreWrittenAsInHttp() {
        Timestamp timestamp = new Timestamp(() -> Instant.parse("1994-09-06T08:49:37.9Z"));
        SampleMessage sent = (SampleMessage) timestamp.outgoing(PUBLISH);
        assertEquals("Tue, 06 Sep 1994 08:49:37 GMT", sent.json().getString("timestamp"));
        assertEquals(PUBLISH.json().get("data"), sent.json().get("data"));
    }

    @Test
    @Tag("C-118")
    void subscribesAreSigned() {
        MessageCredentials signing = MessageCredentials.forSubscribes(MessageExtensionsTest::signature);
        assertEquals("{\"other\":1,\"signature\":\"/meta/subscribe 2 c1 [/foo] -\"}",
                signing.outgoing(SUBSCRIBE).ext().toString());
        assertEquals(PUBLISH, signing.outgoing(PUBLISH));
    }

    @Test
    void publishesAreSigned() {
        MessageCredentials signing = MessageCredentials.forPublishes(MessageExtensionsTest::signature);
        assertEquals("{\"signature\":\"/foo 3 c1 [] {\\\"a\\\":1}\"}", signing.outgoing(PUBLISH).ext().toString());
        assertEquals(SUBSCRIBE, signing.outgoing(SUBSCRIBE));
    }

    @Test
    void anyMessagesCanBeChosenAndNeedNothing() {
        MessageCredentials some = MessageCredentials.of(message -> message.id().orElseThrow().equals("2"),
                message -> Json.createObjectBuilder().add("other", 2).add("token", "t").build());
        assertEquals("{\"other\":2,\"token\":\"t\"}", some.outgoing(SUBSCRIBE).ext().toString());
        assertEquals(PUBLISH, some.outgoing(PUBLISH));
        assertEquals(PUBLISH,
                MessageCredentials.forPublishes(message -> JsonValue.EMPTY_JSON_OBJECT).outgoing(PUBLISH));
        assertFalse(some.toString().contains("token"));
    }
}
