package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResponseCookiesTest {

    private static final URI PLACE = URI.create("http://localhost:8080/cometd");

    @Test
    @Tag("C-135")
    void cookieThatCannotBeReadReachesNoStoreAndSoNoLog() throws Exception {
        List<Map<String, List<String>>> put = new ArrayList<>();
        CookieHandler store = new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
                return Map.of();
            }

            @Override
            public void put(URI uri, Map<String, List<String>> headers) {
                put.add(headers);
            }
        };
        ResponseCookies.store(store, PLACE,
                Map.of("Set-Cookie", List.of("a=1", "=secret", "b=2"), "Server", List.of("x")));

        assertEquals(List.of("a=1", "b=2"), put.getFirst().get("set-cookie"));
        assertEquals(List.of("x"), put.getFirst().get("Server"));
    }

    @Test
    @Tag("C-111")
    void cookiesAreKeptWhateverTheHeaderLooksLike() throws Exception {
        CookieManager store = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        ResponseCookies.store(store, PLACE, Map.of("set-cookie", List.of("BAYEUX_BROWSER=x; Path=/; HttpOnly"),
                "SET-COOKIE", List.of("other=y")));

        assertEquals(List.of("BAYEUX_BROWSER", "other"),
                store.getCookieStore().getCookies().stream().map(HttpCookie::getName).sorted().toList());
    }
}
