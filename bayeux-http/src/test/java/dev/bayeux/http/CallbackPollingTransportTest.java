package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackPollingTransportTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final FakeExchanger http = new FakeExchanger();

    private String send(String uri, int maxUriLength, String batch) throws InterruptedException {
        return transport(uri, maxUriLength).exchange(new Batch(batch, LIMIT));
    }

    private RequestResponseTransport transport(String uri, int maxUriLength) {
        return new CallbackPollingTransport(
                TransportContext.to(URI.create(uri)).withHeaders(() -> Map.of("X-A", "1")), http, maxUriLength);
    }

    private String unwrapped(String reply) throws InterruptedException {
        http.body = reply.getBytes(StandardCharsets.UTF_8);
        return send("http://host/cometd", 2000, "[{}]");
    }

    private List<String> uris() {
        return http.calls.stream().map(call -> call.uri().toString()).toList();
    }

    @Test
    void theBatchIsPartOfTheAddress() throws InterruptedException {
        send("http://host/cometd", 2000, "[{\"a\":\"\u00e9 + /&\"}]");
        HttpCall call = http.calls.getFirst();
        assertEquals("http://host/cometd?jsonp=jsonpcallback&message="
                + "%5B%7B%22a%22:%22%C3%A9%20%2B%20/%26%22%7D%5D", call.uri().toString());
        assertEquals("GET", call.method());
        assertEquals(0, call.body().length);
        assertEquals(List.of("no-cache, no-store"), call.headers().get("Cache-Control"));
        assertEquals(List.of("1"), call.headers().get("X-A"));
    }

    @Test
    void aQueryStays() throws InterruptedException {
        send("http://host/cometd?a=b%26#c", 2000, "[1]");
        assertEquals(List.of("http://host/cometd?a=b%26&jsonp=jsonpcallback&message=%5B1%5D"), uris());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonpcallback([{}])", "/**/jsonpcallback([{}]);",
            "  /* a */ /*b*/\n jsonpcallback ([{}]) ; \n",
            "typeof jsonpcallback === 'function' && jsonpcallback([{}]);",
            "/**/ typeof jsonpcallback == \"function\" && jsonpcallback([{}]);"})
    void theCallIsTakenAway(String reply) throws InterruptedException {
        assertEquals("[{}]", unwrapped(reply));
    }

    @Test
    void textOfMessagesIsUnchanged() throws InterruptedException {
        assertEquals("[{\"a\":\");/**/jsonpcallback(\"}]",
                unwrapped("jsonpcallback([{\"a\":\");/**/jsonpcallback(\"}]);"));
    }

    @Test
    void jsonWithoutACallIsTakenAsItIs() throws InterruptedException {
        for (String reply : List.of("[{}]", " {\"error\":\"busy\"}", "", "/*[{}]*/", "<html>")) {
            assertEquals(reply, unwrapped(reply));
        }
        assertEquals("", unwrapped("jsonpcallback();"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other([{}]);", "jsonpcallback([{}]", "jsonpcallback([{}]);x()",
            "jsonpcallback(alert(1))", "x;jsonpcallback([{}])", "jsonpcallback", "/* jsonpcallback([{}]);", ")",
            "jsonpcallback(\"[]\")"})
    void textThatIsNoCallIsUnreadable(String reply) {
        assertEquals(Problem.UNREADABLE,
                assertThrows(TransportException.class, () -> unwrapped(reply)).problem());
    }

    @Test
    void aBatchThatDoesNotFitIsRefusedBeforeAnythingIsSent() {
        TransportException failure = assertThrows(TransportException.class,
                () -> send("http://host/cometd?key=s3cret", 200, "[{},\"" + "x".repeat(200) + "\"]"));
        assertEquals(Problem.MESSAGE_TOO_LONG, failure.problem());
        assertEquals(FailureKind.PERMANENT, failure.kind());
        assertTrue(failure.notSent());
        assertTrue(failure.getMessage().contains("withMaxUriLength") && !failure.getMessage().contains("s3cret"),
                failure::getMessage);
        assertEquals(List.of(), http.calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host/cometd", "http://host/cometd?a=b"})
    void batchesOfTheAnnouncedSizeFit(String uri) throws InterruptedException {
        int room = transport(uri, 600).maxBatchBytes();
        assertTrue(room > 200, () -> "" + room);
        String text = "[{\"channel\":\"/foo\",\"id\":\"1\",\"clientId\":\"abcdefgh\",\"data\":{\"number\":1,\"text\":\"any\"}}";
        send(uri, 600, text + " ".repeat((room - text.length() - 1) / 2) + "]");
        assertTrue(uris().getFirst().length() <= 600, uris()::toString);
    }
}
