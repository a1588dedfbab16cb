package dev.bayeux.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6265, by its sections and with its examples. */
@Tag("C-111")
class CookieJarTest {

    private static final String SERVER = "https://push.example.com/cometd/handshake";

    private Instant now = Instant.parse("2030-06-15T12:00:00Z");
    private final CookieJar jar = new CookieJar(() -> now);

    private void set(String uri, String... values) {
        jar.put(URI.create(uri), Map.of("set-COOKIE", List.of(values)));
    }

    /** What a request carries, in order. */
    private String sent(String uri) {
        Map<String, List<String>> headers = jar.get(URI.create(uri), Map.of());
        return headers.isEmpty() ? "" : headers.get("Cookie").getFirst();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void theTimeForALongHeaderDoesNotGrowWithItsSquare() {
        set(SERVER, "a=1" + ";".repeat(4_000_000), "b=2");
        assertEquals("a=1; b=2", sent(SERVER));
    }

    // 3.1, the examples

    @Test
    void example1() {
        set("http://www.example.com/", "SID=31d4d96e407aad42");
        assertEquals("SID=31d4d96e407aad42", sent("http://www.example.com/any"));
        assertEquals("", sent("http://example.com/"));
        assertEquals("", sent("http://a.www.example.com/"));
    }

    @Test
    void example2() {
        set("http://www.example.com/", "SID=31d4d96e407aad42; Path=/; Domain=example.com");
        assertEquals("SID=31d4d96e407aad42", sent("http://example.com/"));
        assertEquals("SID=31d4d96e407aad42", sent("http://a.b.example.com/"));
        assertEquals("", sent("http://badexample.com/"));
    }

    @Test
    void example3() {
        set("https://www.example.com/", "SID=31d4d96e407aad42; Path=/; Secure; HttpOnly",
                "lang=en-US; Path=/; Domain=example.com");
        assertEquals("SID=31d4d96e407aad42; lang=en-US", sent("https://www.example.com/"));
        assertEquals("lang=en-US", sent("http://www.example.com/"));
        assertEquals("SID=31d4d96e407aad42; lang=en-US", sent("wss://www.example.com/"));
        assertEquals("lang=en-US", sent("ws://www.example.com/"));
    }

    @Test
    void example4() {
        now = Instant.parse("2021-06-09T10:18:13Z");
        set("http://www.example.com/", "lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT");
        assertEquals("lang=en-US", sent("http://www.example.com/"));
        now = Instant.parse("2021-06-09T10:18:14Z");
        assertEquals("", sent("http://www.example.com/"));
    }

    @Test
    void example5() {
        set("http://www.example.com/", "SID=1", "lang=en-US; Path=/; Domain=example.com");
        set("http://www.example.com/", "lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Domain=example.com; Path=/");
        assertEquals("SID=1", sent("http://www.example.com/"));
    }

    // 5.1.1, dates

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Wed, 09 Jun 2021 10:18:14 GMT | 2021-06-09T10:18:14Z",
            "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
            "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z", "6 nov 69 1:2:3 | 2069-11-06T01:02:03Z",
            "Tue, 18 Oct 2011 07:05:03 UTC whatever | 2011-10-18T07:05:03Z",
            "2011 Oct 18th 07:05:03.25 | 2011-10-18T07:05:03Z", "Wed, 31 Feb 2021 10:18:14 GMT |", "soon |",
            "Wed, 09 Jun 2021 24:18:14 GMT |", "Wed, 09 Jun 1600 10:18:14 GMT |", "Wed, 09 Jun 2021 |"})
    void datesAreReadHoweverTheyAreWritten(String text, Instant date) {
        assertEquals(date, CookieDate.parse(text));
    }

    // 5.1.3 and 5.2.3, domains

    @Test
    void aDomainCountsWithAndWithoutADot() {
        set(SERVER, "a=1; Domain=example.com; Path=/", "b=1; domain=.Example.COM; Path=/");
        assertEquals("a=1; b=1", sent("https://other.EXAMPLE.com/"));
    }

    @Test
    void aDomainThatIsNotTheHostsIsIgnoredWithItsCookie() {
        set(SERVER, "a=1; Domain=other.com", "b=1; Domain=a.push.example.com", "c=1; Domain=sh.example.com",
                "d=1; Domain=com", "e=1; Domain=");
        assertEquals("e=1", sent(SERVER));
    }

    @Test
    void anAddressMatchesItselfOnly() {
        set("http://127.0.0.1/", "a=1; Domain=127.0.0.1", "b=1; Domain=0.0.1", "c=1");
        set("http://[::1]/", "d=1; Domain=[::1]");
        assertEquals("a=1; c=1", sent("http://127.0.0.1/"));
        assertEquals("d=1", sent("http://[::1]:8080/"));
    }

    @Test
    void aHostWithoutADotIsForItself() {
        set("http://localhost:8080/", "a=1; Domain=localhost");
        assertEquals("a=1", sent("http://localhost:9090/"));
        assertEquals("", sent("http://a.localhost/"));
    }

    // 5.1.4, paths

    @ParameterizedTest
    @CsvSource({"/cometd/handshake, /cometd, true", "/cometd/handshake, /cometd/, true",
            "/cometd/handshake, /cometd/connect, true", "/cometd/handshake, /cometdx, false",
            "/cometd/handshake, /, false", "/cometd, /other, true", "/, /any, true", "'', '', true"})
    void withoutAPathItIsTheFolderOfTheRequest(String set, String request, boolean sent) {
        set("http://a.example" + set, "a=1", "b=1; Path=relative");
        assertEquals(sent ? "a=1; b=1" : "", sent("http://a.example" + request));
    }

    @Test
    void aPathWithASlashAtItsEndIsAFolder() {
        set("http://a.example/", "a=1; Path=/x/", "b=1; Path=/x");
        assertEquals("b=1", sent("http://a.example/x"));
        assertEquals("a=1; b=1", sent("http://a.example/x/y"));
    }

    // 5.2, parsing

    @Test
    void quotesBelongToTheValue() {
        set(SERVER, "a=\"1 2\"; Path=\"/\"", "b = x=y ;Version=1", "c=");
        assertEquals("a=\"1 2\"; b=x=y; c=", sent(SERVER));
    }

    @Test
    void invalidCookiesAreIgnored() {
        set(SERVER, "", "a", "=1", ";a=1", "i=SECRET\u0007", "b=1\nc=2", "  ", "a; b=1");
        assertEquals("", sent(SERVER));
    }

    @Test
    void maxAgeWinsOverExpires() {
        set(SERVER, "a=1; Max-Age=10; Expires=Wed, 09 Jun 1999 10:18:14 GMT",
                "b=1; Expires=Wed, 09 Jun 2099 10:18:14 GMT; Max-Age=0", "c=1; Max-Age=-1", "d=1; Max-Age=x",
                "e=1; Max-Age=99999999999999999999999", "f=1; Max-Age=+5");
        assertEquals("a=1; d=1; e=1; f=1", sent(SERVER));
        now = now.plus(Duration.ofSeconds(10));
        assertEquals("d=1; e=1; f=1", sent(SERVER));
    }

    @Test
    void theLastOfTwoAttributesCounts() {
        set(SERVER, "a=1; Path=/other; Path=/cometd; Max-Age=0; Max-Age=10",
                "b=1; Domain=other.com; Domain=example.com");
        assertEquals("a=1; b=1", sent(SERVER));
    }

    @Test
    void theOlderHeaderOfRfc2965IsIgnored() {
        jar.put(URI.create(SERVER), Map.of("Set-Cookie2", List.of("a=1; Version=1")));
        assertEquals("", sent(SERVER));
    }

    // 5.3, storing

    @Test
    void aNewValueTakesThePlaceOfTheOldOne() {
        set(SERVER, "a=1", "b=1");
        set(SERVER, "a=2");
        assertEquals("a=2; b=1", sent(SERVER));
        set(SERVER, "a=3; Path=/");
        assertEquals("a=2; b=1; a=3", sent(SERVER));
        set(SERVER, "a=; Max-Age=0");
        assertEquals("b=1; a=3", sent(SERVER));
    }

    // 5.4, sending

    @Test
    void longerPathsComeFirstAndThenOlderCookies() {
        set(SERVER, "a=1; Path=/", "b=1; Path=/cometd", "c=1; Path=/", "d=1; Path=/cometd");
        assertEquals("b=1; d=1; a=1; c=1", sent(SERVER));
    }

    // 6.1, limits

    @Test
    void aCookieThatIsTooLongIsIgnored() {
        set(SERVER, "a=%s".formatted("x".repeat(CookieJar.MAX_COOKIE_BYTES - 1)));
        assertEquals(CookieJar.MAX_COOKIE_BYTES + 1, sent(SERVER).length());
        set(SERVER, "b=%s".formatted("x".repeat(CookieJar.MAX_COOKIE_BYTES)));
        assertEquals(CookieJar.MAX_COOKIE_BYTES + 1, sent(SERVER).length());
    }

    @Test
    void theCookiesOfADomainThatWereNotSentForLongestMakeRoom() {
        set(SERVER, "old=1; Path=/");
        IntStream.range(1, CookieJar.MAX_PER_DOMAIN).forEach(n -> set(SERVER, "c%d=1; Path=/other".formatted(n)));
        assertEquals("old=1", sent(SERVER));
        set(SERVER, "new=1; Path=/");
        assertEquals("old=1; new=1", sent(SERVER));
        assertFalse(sent("https://push.example.com/other").contains("c1="));
        assertEquals("CookieJar[50 cookies]", jar.toString());
    }

    @Test
    void aRequestCarriesAtMostSoManyBytesOfCookies() {
        set(SERVER, "session=1; Path=/");
        IntStream.range(0, 40).forEach(n -> set(SERVER, "c%d=%s; Path=/".formatted(n, "x".repeat(4000))));
        set(SERVER, "small=1; Path=/");
        String sent = sent(SERVER);
        assertTrue(sent.length() <= CookieJar.MAX_HEADER_BYTES && sent.length() > 16_000, () -> "" + sent.length());
        assertTrue(sent.startsWith("session=1; c0=") && sent.endsWith("; small=1"), sent);
    }

    @Test
    void thereAreAtMostSoManyInAll() {
        for (int n = 0; n < 2 * CookieJar.MAX_COOKIES; n++) {
            set("http://h%d.example/".formatted(n % 200), "c%d=1".formatted(n));
        }
        assertEquals("CookieJar[3000 cookies]", jar.toString());
        assertEquals("", sent("http://h0.example.org/"));
    }

    @Test
    void expiredOnesMakeRoomFirst() {
        set(SERVER, "old=1; Path=/");
        IntStream.range(1, CookieJar.MAX_PER_DOMAIN)
                .forEach(n -> set(SERVER, "c%d=1; Path=/other; Max-Age=1".formatted(n)));
        now = now.plusSeconds(1);
        set(SERVER, "new=1; Path=/");
        assertEquals("old=1; new=1", sent(SERVER));
    }

    @Test
    void nothingSecretIsInItsText() {
        set(SERVER, "a=s3cret");
        assertEquals("CookieJar[1 cookies]", jar.toString());
    }

    @Test
    @Tag("C-95")
    void areForgottenTogether() {
        set(SERVER, "a=1");
        jar.clear();
        assertEquals("", sent(SERVER));
    }
}
