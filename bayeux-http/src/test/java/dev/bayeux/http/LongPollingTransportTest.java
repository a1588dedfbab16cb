package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.CookieJar;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongPollingTransportTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final FakeExchanger http = new FakeExchanger();
    private final CookieJar cookies = new CookieJar();
    private final Map<String, String> own = new HashMap<>();
    private final LongPollingTransport transport = new LongPollingTransport(TransportContext
            .to(URI.create("https://user:s3cret@host:8443/cometd?key=s3cret")).withHeaders(() -> own)
            .withCookies(cookies)
            .withMaxReplyBytes(1000), http);

    private String send() throws InterruptedException {
        return transport.exchange(new Batch("[{\"a\":\"\u00e9\"}]", LIMIT));
    }

    private TransportException failure() {
        return assertThrows(TransportException.class, this::send);
    }

    @Test
    @Tag("C-106")
    void sentAsUtf8() throws InterruptedException {
        assertEquals("[]", send());

        HttpCall call = http.calls.getFirst();
        assertArrayEquals("[{\"a\":\"\u00e9\"}]".getBytes(StandardCharsets.UTF_8), call.body());
        assertEquals(List.of("application/json;charset=UTF-8"), call.headers().get("content-type"));
        assertEquals(URI.create("https://user:s3cret@host:8443/cometd?key=s3cret"), call.uri());
        assertTrue(http.leftAtStart.compareTo(LIMIT) <= 0);
        assertEquals(List.of("gzip"), call.headers().get("accept-encoding"));
        assertEquals(2, call.headers().size());
    }

    @Test
    @Tag("C-106")
    void theContentTypeCanBeChanged() throws InterruptedException {
        own.put("CONTENT-TYPE", "text/json");
        own.put("X-A", "1");
        send();

        Map<String, List<String>> sent = http.calls.getFirst().headers();
        assertEquals(List.of("text/json"), sent.get("Content-Type"));
        assertEquals(List.of("1"), sent.get("X-A"));
    }

    @Test
    @Tag("C-111")
    void aCookieThatArrivesWhileHeadersAreMadeGoesWithThem() throws InterruptedException {
        URI server = URI.create("https://host:8443/cometd");
        LongPollingTransport slow = new LongPollingTransport(TransportContext.to(server).withCookies(cookies)
                .withHeaders(() -> {
                    ResponseCookies.store(cookies, server, Map.of("Set-Cookie", List.of("balancer=1; Path=/")));
                    return Map.of("Authorization", "Bearer fresh");
                }), http);
        slow.exchange(new Batch("[]", LIMIT));

        assertEquals(List.of("balancer=1"), http.calls.getFirst().headers().get("Cookie"));
    }

    @ParameterizedTest
    @CsvSource({"201,PERMANENT", "204,PERMANENT", "301,PERMANENT", "302,PERMANENT", "303,PERMANENT", "307,PERMANENT",
            "308,PERMANENT", "400,PERMANENT", "401,AUTHENTICATION", "403,AUTHENTICATION", "404,PERMANENT",
            "405,PERMANENT", "407,AUTHENTICATION", "408,TRANSIENT", "410,PERMANENT", "413,PERMANENT", "415,PERMANENT",
            "425,TRANSIENT", "429,TRANSIENT", "500,TRANSIENT", "501,PERMANENT", "502,TRANSIENT", "503,TRANSIENT",
            "504,TRANSIENT", "505,PERMANENT"})
    @Tag("C-107")
    void onlyStatusTwoHundredIsAnAnswer(int status, FailureKind kind) {
        http.status = status;
        TransportException failure = failure();

        assertEquals(status, failure.status().orElse(0));
        assertEquals(Problem.STATUS, failure.problem());
        assertEquals(kind, failure.kind());
        assertTrue(failure.retryAfter().isEmpty());
        assertFalse(failure.notSent());
        assertEquals(status >= 300 && status < 500 && status != 408, failure.refused());
        assertEquals(1, http.calls.size(), "nothing is sent again, nor elsewhere");
    }

    @ParameterizedTest
    @CsvSource({"302,redirect is not followed", "401,credentials", "404,Is the path right", "407,proxy",
            "413,maxRequestBytes"})
    void textsSayWhatToDo(int status, String hint) {
        http.status = status;

        assertTrue(failure().getMessage().contains(hint));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 404, 500})
    @Tag("C-135")
    void textsHaveNoUserAndNoQuery(int status) {
        http.status = status;
        http.contentType = "text/html;charset=unknown";
        http.body = new byte[]{(byte) 0xff};

        assertFalse(failure().getMessage().contains("s3cret"), failure().getMessage());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", quoteCharacter = '`', value = {"0,PT0S", "5,PT5S", "` 5 `,PT5S", "120,PT2M",
            "`Sun, 06 Nov 1994 08:49:37 GMT`,PT0S", "-1,-", "1.5,-", "soon,-", "``,-",
            "`Mon, 06 Nov 1994 08:49:37 GMT`,-"})
    @Tag("C-105")
    void retryAfterIsReadAsSecondsOrDate(String value, Duration expected) {
        http.status = 503;
        http.headers.put("retry-after", List.of(value));

        assertEquals(expected, failure().retryAfter().orElse(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "31536001", "Fri, 31 Dec 9999 23:59:59 GMT"})
    @Tag("C-105")
    void retryAfterIsAYearAtMost(String value) {
        http.status = 503;
        http.headers.put("Retry-After", List.of(value));

        assertEquals(Duration.ofDays(365), failure().retryAfter().orElseThrow());
    }

    @Test
    @Tag("C-105")
    void retryAfterWithLeadingZerosIsTheNumber() {
        http.status = 503;
        http.headers.put("Retry-After", List.of("00000000005"));

        assertEquals(Duration.ofSeconds(5), failure().retryAfter().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"-|UTF-8", "application/json|UTF-8",
            "text/json; charset=utf-8|UTF-8", "application/json;charset=UTF-16|UTF-16",
            "text/json ; Charset=\"ISO-8859-1\"|ISO-8859-1",
            "text/json; a=b; charset = windows-1252 ; c=d|windows-1252",
            "application/json; charset=|UTF-8", "application/json;xcharset=latin1|UTF-8",
            "application/json;charset='iso-8859-1'|ISO-8859-1"})
    @Tag("C-109")
    void charsetIsThatOfTheHeaderOrUtf8(String contentType, String charset) throws InterruptedException {
        http.contentType = contentType;
        http.body = "[\"\u00e9\"]".getBytes(Charset.forName(charset));

        assertEquals("[\"\u00e9\"]", send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-8", "(bad)", "x y"})
    @Tag("C-109")
    void charsetThatIsNotKnownIsAFailure(String charset) {
        http.contentType = "application/json;charset=" + charset.replace(' ', '_');
        TransportException failure = failure();

        assertEquals(Problem.UNREADABLE, failure.problem());
        assertTrue(failure.getMessage().contains(charset.replace(' ', '_')));
    }

    @Test
    void headersAreThoseOfTheMoment() throws InterruptedException {
        own.put("X-A", "1");
        send();
        send();
        own.put("X-A", "2");
        send();
        http.headers.put("Set-Cookie", List.of("A=1; Path=/"));
        send();
        http.headers.clear();
        send();
        assertEquals(List.of("1"), http.calls.get(1).headers().get("x-a"));
        assertEquals(List.of("2"), http.calls.get(2).headers().get("x-a"));
        assertNull(http.calls.get(3).headers().get("cookie"));
        assertEquals(List.of("A=1"), http.calls.get(4).headers().get("cookie"));
        assertEquals(List.of("2"), http.calls.get(4).headers().get("x-a"));
    }

    @Test
    @Tag("C-109")
    void charsetMayChangeFromReplyToReply() throws InterruptedException {
        for (String charset : List.of("UTF-8", "ISO-8859-1", "ISO-8859-1", "UTF-8")) {
            http.contentType = "application/json; charset=" + charset;
            http.body = "[\"\u00e9\"]".getBytes(Charset.forName(charset));
            assertEquals("[\"\u00e9\"]", send());
        }
    }

    @Test
    @Tag("C-109")
    void charsetBytesThatDoNotFitAreAFailure() {
        http.body = new byte[]{'[', '"', (byte) 0xe9, '"', ']'};

        assertEquals(Problem.UNREADABLE, failure().problem());
    }

    @Test
    @Tag("C-111")
    void cookiesAreStoredFromEveryResponseBeforeTheNextRequest() throws InterruptedException {
        http.status = 503;
        http.headers.put("set-cookie", List.of("A=1; Path=/", "B=2; Path=/; Secure; HttpOnly"));
        failure();
        http.status = 200;
        http.headers.remove("set-cookie");
        send();

        assertNull(http.calls.get(0).headers().get("Cookie"));
        String sent = http.calls.get(1).headers().get("Cookie").getFirst();
        assertTrue(sent.contains("A=1") && sent.contains("B=2"), sent);
        assertEquals("CookieJar[2 cookies]", cookies.toString());
    }

    @Test
    @Tag("C-111")
    void cookiesOfOtherPathsAreNotSent() throws InterruptedException {
        http.headers.put("Set-Cookie", List.of("A=1; Path=/elsewhere", "B=2; Domain=other.example"));
        send();
        send();

        assertNull(http.calls.get(1).headers().get("Cookie"));
    }

    @Test
    @Tag("C-108")
    void anEmptyBodyIsLeftToTheReader() throws InterruptedException {
        http.body = new byte[0];

        assertEquals("", send());
    }

    @Test
    @Tag("C-108")
    void bodyThatIsTooLargeIsAFailure() {
        http.body = ByteBuffer.allocate(1001).array();

        assertEquals(Problem.TOO_LARGE, failure().problem());
    }

    @Test
    void closingClosesTheHttpClient() {
        transport.close();

        assertEquals(1, http.closed);
    }
}
