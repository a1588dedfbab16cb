package dev.bayeux.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientCookiesTest {

    @Test
    @Tag("C-95")
    void areForgottenWithTheCredentialsTheyWereGivenFor() throws IOException {
        ClientCookies cookies = new ClientCookies();
        URI uri = URI.create("http://example.com/cometd");
        cookies.put(uri, Map.of("Set-Cookie", List.of("BAYEUX_BROWSER=b1")));
        assertFalse(cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of()).isEmpty());
        cookies.forget();
        assertTrue(cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of()).isEmpty());
    }

    private static final URI SERVER = URI.create("http://a.example/bayeux");
    private static final List<URI> PLACES = List.of(SERVER, URI.create("http://a.example/bayeux/handshake"),
            URI.create("http://a.example/"), URI.create("https://a.example/bayeux"),
            URI.create("http://b.example/bayeux"));
    private static final List<String> VALUES = List.of("a=1", "a=2; Path=/", "b=1; Path=/bayeux", "b=; Max-Age=0",
            "c=1; Secure", "d=1; Max-Age=100000", "d=; Max-Age=0", "e=1; Domain=a.example", "f=1; HttpOnly");

    private final ClientCookies cookies = new ClientCookies();

    private Map<String, List<String>> sent(URI uri) throws IOException {
        return cookies.get(uri, Map.of());
    }

    private void set(URI uri, String value) throws IOException {
        cookies.put(uri, Map.of("Set-cookie", List.of(value)));
    }

    @Test
    @Tag("C-111")
    void whatIsSetIsSentFromThenOn() throws IOException {
        assertEquals(Map.of("Cookie", List.of()), sent(SERVER));
        set(SERVER, "a=1");
        assertEquals(Map.of("Cookie", List.of("a=1")), sent(SERVER));
        set(SERVER, "a=2");
        assertEquals(Map.of("Cookie", List.of("a=2")), sent(SERVER));
    }

    @Test
    void isSearchedAgainOnlyWhenSomethingWasSet() throws IOException {
        set(SERVER, "a=1");
        Map<String, List<String>> first = sent(SERVER);

        cookies.put(SERVER, Map.of("Content-Type", List.of("application/json")));

        assertSame(first, sent(SERVER));
        set(SERVER, "b=1");
        assertNotEquals(first, sent(SERVER));
    }

    @Test
    void whatMayExpireIsLookedAtEachTime() throws IOException {
        set(SERVER, "a=1; Max-Age=100000");
        assertEquals(sent(SERVER), sent(SERVER));
        assertNotEquals(System.identityHashCode(sent(SERVER)), System.identityHashCode(sent(SERVER)));
    }

    /** Whatever is set, for whatever place. */
    @Test
    void givesWhatTheStoreOfTheJdkGives() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ClientCookies ours = new ClientCookies();
            CookieManager theirs = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
            for (int step = 0; step < 100; step++) {
                URI place = PLACES.get(random.nextInt(PLACES.size()));
                if (random.nextInt(3) == 0) {
                    Map<String, List<String>> headers = Map.of(random.nextBoolean() ? "Set-Cookie" : "X-Other",
                            List.of(VALUES.get(random.nextInt(VALUES.size()))));
                    ours.put(place, headers);
                    theirs.put(place, headers);
                }
                assertEquals(theirs.get(place, Map.of()), ours.get(place, Map.of()), "seed " + seed);
            }
        }
    }
}
