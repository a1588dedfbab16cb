package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request looks like. */
abstract class RequestRules extends Rules {

    @Test
    @Tag("C-106")
    @Tag("C-109")
    void aBatchIsPostedAsItIs() throws Exception {
        assertPosted("any batch", "[{\"id\":\"1\",\"channel\":\"/foo\",\"data\":{\"n\":  1.50}}]");
        assertPosted("characters of each length in UTF-8", "[{\"data\":\"\u00fc \u20ac \ud834\udd1e \\u0000\"}]");
        if (contract().posts()) {
            assertPosted("a batch of a megabyte", "[\"%s\"]".formatted("0123456789abcdef".repeat(1 << 16)));
        }
    }

    private void assertPosted(String name, String batch) throws Exception {
        Case.of(name, () -> {
            bench().send(batch).reply();
            ReceivedRequest request = bench().request();
            assertEquals(contract().posts() ? "POST" : "GET", request.method());
            assertArrayEquals(batch.getBytes(StandardCharsets.UTF_8), request.bytes());
        });
    }

    @Test
    @Tag("C-106")
    void theContentTypeIsJsonInUtf8() throws Exception {
        needsBodies();
        bench().send(any()).reply();
        ReceivedRequest request = bench().request();
        assertEquals(1, request.headers("Content-Type").size(), "Content-Type headers");
        assertEquals("application/json;charset=utf-8",
                request.header("Content-Type").replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT));
    }

    /** A Node.js server takes any request with that header for a WebSocket, and Faye answers it with status 400. */
    @Test
    @Tag("C-106")
    void noUpgradeIsAskedFor() throws Exception {
        bench().send(any()).reply();
        assertEquals("", bench().request().header("Upgrade"));
    }

    @Test
    @Tag("C-106")
    void pathAndQueryStayAsTheyAre() throws Exception {
        URI uri = URI.create(bench().peer.uri() + "/a%20b?c=d%26e&f");
        bench().send(bench().setup().uri(uri).open(), any()).reply();
        assertEquals("/bayeux/a%20b?c=d%26e&f", bench().request().target());
    }

    @Test
    @Tag("C-106")
    void theTypeOfOneMetaMessageIsPartOfThePathWhereThatIsWanted() throws Exception {
        needsBodies();
        HttpSettings wanted = HttpSettings.DEFAULT.withMessageTypeInUrl(true);
        Transport transport = bench().setup().http(wanted).open();
        Batch connect = new Batch("[{\"id\":\"1\",\"channel\":\"/meta/connect\"}]", Bench.LONG, "connect");
        bench().send(transport, connect).reply();
        bench().send(transport, any()).reply();
        bench().send(bench().setup().http(wanted).uri(URI.create(bench().peer.uri() + "?a=b")).open(), connect).reply();
        assertEquals(List.of("/bayeux/connect", "/bayeux", "/bayeux?a=b"),
                bench().peer.requests().stream().map(ReceivedRequest::target).toList());
    }

    @Test
    @Tag("C-106")
    void aBatchIsAFieldOfAFormWhereThatIsWanted() throws Exception {
        needsBodies();
        String batch = "[{\"data\":\"\u00fc & = + %\"}]";
        HttpSettings wanted = HttpSettings.DEFAULT.withRequestFormat(RequestFormat.FORM);
        bench().send(bench().setup().http(wanted).open(), batch).reply();
        ReceivedRequest request = bench().request();
        assertEquals("application/x-www-form-urlencoded", request.header("Content-Type"));
        assertEquals("message=" + URLEncoder.encode(batch, StandardCharsets.UTF_8), request.text());
    }

    @Test
    @Tag("C-106")
    void headersAreAskedForWithEachRequest() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Transport transport = bench().setup().headers(
                () -> Map.of("Authorization", "Bearer " + count.incrementAndGet(), "X-Other", "\"quoted\", text"))
                .open();
        bench().send(transport, any()).reply();
        bench().send(transport, any()).reply();
        ReceivedRequest first = bench().request();
        ReceivedRequest second = bench().request();
        assertAll(() -> assertEquals("Bearer 1", first.header("Authorization")),
                () -> assertEquals("Bearer 2", second.header("Authorization")),
                () -> assertEquals("\"quoted\", text", second.header("X-Other")));
    }

    @Test
    @Tag("C-106")
    void aRequestAfterStatus401CarriesTheHeaderOfTheProgram() throws Exception {
        Transport transport = bench().setup().headers(() -> Map.of("Authorization", "Bearer token")).open();
        bench().peer.answer(Answer.status(401).header("WWW-Authenticate", "Bearer realm=\"test\""));
        bench().send(transport, any()).failure();
        bench().send(transport, any()).reply();
        bench().request();
        assertEquals("Bearer token", bench().request().header("Authorization"));
    }

    @Test
    void openingMakesNoConnection() throws Exception {
        needsHttp("it has no connections");
        bench().setup().open();
        // Connections are accepted in their order: when this one is there, an earlier one would be as well.
        bench().send(any()).reply();
        assertEquals(1, bench().peer.connectionCount());
    }

    @Test
    void theProviderKeepsItsNames() {
        String name = bench().provider.name();
        String type = bench().provider.connectionType();
        assertAll(() -> assertFalse(name.isBlank(), "name is blank"),
                () -> assertFalse(type.isBlank(), "connection type is blank"),
                () -> assertEquals(name, bench().provider.name()),
                () -> assertEquals(type, bench().provider.connectionType()),
                () -> assertTrue(name.matches("[a-z0-9.-]+"), "name: lower-case letters, digits and dashes only"));
    }
}
