package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcome of a publish or call whose reply an extension drops: a refusal never counts as an acceptance. */
class DroppedReplyTest {

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    @BeforeEach
    void theConnectIsHeld() {
        write(server.connect());
    }

    private Exchange write(Exchange exchange) {
        server.happens(new Input.Writing(exchange)).happens(new Input.Written(exchange));
        return exchange;
    }

    private void assertUnknown(Request request) {
        PublishException failure = server.failureOf(request);
        assertEquals(Outcome.UNKNOWN, failure.outcome());
        assertTrue(failure.getMessage().contains("extension"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'channel':'/x','id':'%s','successful':false,'error':'403::no'}",
            "{'channel':'/x','id':'%s','successful':true}"})
    void aResponseWhoseReplyIsDroppedSaysNothingOfThePublish(String reply) {
        Request publish = server.publish("/x");
        server.answerDropped(server.batch(), reply.formatted(publish.id()), "/x");
        assertUnknown(publish);
    }

    @Test
    void aFrameWhoseReplyIsDroppedEndsThePublishAtOnce() {
        Request publish = server.publish("/x");
        write(server.batch());
        server.answerDropped(null, "{'channel':'/x','id':'%s','successful':false,'error':'403::no'}"
                .formatted(publish.id()), "/x");
        assertUnknown(publish);
    }

    @Test
    void aDeliveryThatIsDroppedIsNoReplyThoughItHasThePublishersId() {
        Request publish = server.publish("/x");
        write(server.batch());
        server.answerDropped(null, "{'channel':'/x','id':'%s','data':1}".formatted(publish.id()), "/x");
        assertFalse(server.isOver(publish));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"'data':1|true",
            "'successful':false,'error':'500::no'|true",
            "'successful':true|false"})
    void aCallEndsWithItsAnswerAndNotWithAnAcceptance(String fields, boolean ends) {
        Request call = Request.ofData(Kind.CALL, "/service/x", "1");
        server.happens(new Input.Submit(List.of(call)));
        write(server.batch());
        server.answerDropped(null, "{'channel':'/service/x','id':'%s',%s}".formatted(call.id(), fields), "/service/x");
        assertEquals(ends, server.isOver(call));
    }

    @Test
    void aResponseWithoutTheReplyStillCompletesThePublish() {
        Request publish = server.publish("/x");
        server.answerDropped(server.batch(), "{'channel':'/y','data':1}", "/y");
        assertTrue(server.isOver(publish));
        assertFalse(server.replied(publish));
    }
}
