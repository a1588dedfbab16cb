package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    private final MessageReader reader = new MessageReader(Json.find());

    private IncomingMessage message(String json) {
        return reader.read(json.replace('\'', '"'), "").messages().getFirst();
    }

    @Test
    @Tag("C-55")
    void aRequestHasNoIdUntilItIsSent() {
        Request request = Request.ofData(Kind.PUBLISH, "/a", "1");
        assertFalse(request.isSent());
        assertEquals("", request.id());

        request.assignId("12");
        assertTrue(request.isSent());
        assertEquals("12", request.id());
    }

    @Test
    void eachKindHasItsChannel() {
        assertEquals("/meta/handshake", Request.ofSession(Kind.HANDSHAKE, "1").channel());
        assertEquals("/meta/connect", Request.ofSession(Kind.CONNECT, "1").channel());
        assertEquals("/meta/subscribe", Request.ofSubscription(Kind.SUBSCRIBE, "/a").channel());
        assertEquals("/meta/unsubscribe", Request.ofSubscription(Kind.UNSUBSCRIBE, "/a").channel());
        assertEquals("/meta/disconnect", Request.ofDisconnect().channel());
        assertEquals("/a", Request.ofData(Kind.CALL, "/a", "1").channel());
    }

    @Test
    @Tag("C-53")
    void theSizeIsNeverTooSmall() {
        Request publish = Request.ofData(Kind.PUBLISH, "/\u65e5\u672c", "{\"\u00e9\":\"\uD83D\uDE00\"}");
        JsonObject ext = Json.find().object("{\"a\":1}");
        Request subscribe = Request.ofSubscription(Kind.SUBSCRIBE, "/a/b/**",
                ext);
        for (Request request : List.of(publish, subscribe)) {
            request.assignId("9223372036854775807");
            String clientId = "\u65e5".repeat(64);
            String text = MessageWriter.write(List.of(OutgoingMessage.of(request, clientId)));
            int bytes = request.bytes() + Request.bytesOf(clientId);
            assertTrue(bytes >= text.getBytes(StandardCharsets.UTF_8).length - 2, text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"{'channel':'/meta/subscribe'};true",
            "{'channel':'/meta/subscribe','subscription':'/a'};true",
            "{'channel':'/meta/subscribe','subscription':['/a']};true",
            "{'channel':'/meta/subscribe','subscription':'/b'};false", "{'channel':'/meta/unsubscribe'};false",
            "{'successful':false};false"})
    @Tag("C-45")
    void missingIdElsewhereMatchesByChannelAndSubscription(String reply, boolean expected) {
        assertEquals(expected, Request.ofSubscription(Kind.SUBSCRIBE, "/a").matchesWithoutId(message(reply)));
    }

    @Test
    @Tag("C-45")
    void missingIdElsewhereIsNotForWhatProgramsPublish() {
        IncomingMessage reply = message("{'channel':'/a','successful':true}");

        assertFalse(Request.ofData(Kind.PUBLISH, "/a", "1").matchesWithoutId(reply));
        assertFalse(Request.ofData(Kind.CALL, "/a", "1").matchesWithoutId(reply));
    }

    @Test
    @Tag("C-45")
    void aDisconnectNeedsNoSubscription() {
        assertTrue(Request.ofDisconnect().matchesWithoutId(message("{'channel':'/meta/disconnect'}")));
        assertTrue(Request.ofDisconnect()
                .matchesWithoutId(message("{'channel':'/meta/disconnect','subscription':'/x'}")));
    }

    @Test
    @Tag("C-47")
    void oneCompletionTheFirstCounts() {
        Request request = Request.ofData(Kind.PUBLISH, "/a", "1");
        IncomingMessage first = message("{'channel':'/a','id':'1'}");

        assertTrue(request.reply().complete(first));
        assertFalse(request.reply().completeExceptionally(new IllegalStateException()));
        assertEquals(first, request.reply().join());
    }
}
