package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.TestProxy;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cookies: of every response, sent where they belong, never shared between clients. */
abstract class CookieRules extends Rules {

    @Test
    @Tag("C-111")
    void cookiesComeBack() throws Exception {
        assertSentAfter("none", List.of());
        assertSentAfter("two", List.of("A=1", "B=two"), "A=1; Path=/; HttpOnly", "B=two; Path=/bayeux");
        assertSentAfter("a new value", List.of("A=2", "B=two"), "A=2; Path=/");
        assertSentAfter("one has expired", List.of("B=two"), "A=; Path=/; Max-Age=0");
        assertSentAfter("one is for another path", List.of("B=two"), "C=1; Path=/other");
        assertSentAfter("one is for TLS only", List.of("B=two"), "D=1; Path=/; Secure");
    }

    private void assertSentAfter(String name, List<String> sent, String... set) throws Exception {
        Case.of(name, () -> {
            Reply reply = Answer.json("[]");
            for (String cookie : set) {
                reply = reply.header("Set-Cookie", cookie);
            }
            assertEquals(sent, cookiesAfter(reply));
        });
    }

    @Test
    @Tag("C-111")
    void cookiesOfFailuresComeBackAsWell() throws Exception {
        for (int status : new int[]{302, 401, 403, 404, 500, 503}) {
            Case.of("status " + status, () -> {
                Reply failure = Answer.status(status).header("Set-Cookie", "A=%d; Path=/".formatted(status));
                assertEquals(List.of("A=" + status), cookiesAfter(failure));
            });
        }
    }

    @Test
    @Tag("C-111")
    void cookiesAreNotSharedWithOtherClients() throws Exception {
        bench().peer.answer(Answer.json("[]").header("Set-Cookie", "A=1; Path=/"));
        bench().send(any()).reply();
        bench().request();
        bench().send(bench().setup().open(), any()).reply();
        assertEquals(List.of(), sentCookies());
    }

    @Test
    @Tag("C-111")
    void theCookiesOfTheClientsStoreAreSent() throws Exception {
        CookieManager store = new CookieManager();
        HttpCookie cookie = new HttpCookie("A", "1");
        cookie.setVersion(0);
        cookie.setPath("/");
        store.getCookieStore().add(bench().peer.uri(), cookie);
        Transport transport = bench().setup().cookies(store).open();
        bench().send(transport, any()).reply();
        assertEquals(List.of("A=1"), sentCookies());
    }

    @Test
    @Tag("C-111")
    void aCookieHeaderOfTheProgramIsAddedToThem() throws Exception {
        Transport transport = bench().setup().headers(() -> Map.of("cookie", "own=1; B=own")).open();
        bench().peer.answer(Answer.json("[]").header("Set-Cookie", "A=1; Path=/").header("Set-Cookie", "B=1; Path=/"));
        bench().send(transport, any()).reply();
        assertEquals(List.of("own=1; B=own"), bench().request().headers("Cookie"));
        bench().send(transport, any()).reply();
        assertEquals(List.of("own=1; B=own; A=1"), bench().request().headers("Cookie"));
    }

    /** The server has a name that only the proxy knows, so that a cookie for its domain differs from one for the host. */
    @Test
    @Tag("C-111")
    void attributesMeanWhatRfc6265Says() throws Exception {
        needsHttp("it has no names of hosts");
        try (TestProxy proxy = TestProxy.start().routeAllTo(bench().peer.uri())) {
            Transport transport = bench().setup().uri(CookieSamples.SERVER)
                    .http(HttpSettings.DEFAULT.withProxy(proxy.host(), proxy.port())).open();
            bench().peer.answer(CookieSamples.setting(Answer.json("[]")));
            bench().send(transport, any()).reply();
            bench().request();
            bench().send(transport, any()).reply();
            assertEquals(CookieSamples.SENT, sentCookies());
        }
    }

    @Test
    @Tag("C-107")
    @Tag("C-111")
    void theCookiesOfARedirectGoAlongWithinTheOrigin() throws Exception {
        needsHttp("it has no names of hosts");
        try (TestProxy proxy = TestProxy.start().routeAllTo(bench().peer.uri())) {
            Transport transport = bench().setup().uri(CookieSamples.SERVER).http(HttpSettings.DEFAULT
                    .withProxy(proxy.host(), proxy.port()).withRedirects(Redirects.SAME_ORIGIN)).open();
            bench().peer.answer(
                    CookieSamples.setting(Answer.status(307).header("Location", CookieSamples.SERVER + "/elsewhere")),
                    Answer.json("[]"));
            bench().send(transport, any()).succeeded();
            bench().request();
            assertEquals(CookieSamples.SENT, sentCookies());
        }
    }

    /** What the request after this reply carries. */
    private List<String> cookiesAfter(Reply reply) throws InterruptedException {
        bench().peer.answer(reply);
        bench().send(any()).succeeded();
        bench().request();
        bench().send(any()).reply();
        return sentCookies();
    }

    private List<String> sentCookies() throws InterruptedException {
        TreeSet<String> cookies = new TreeSet<>();
        for (String header : bench().request().headers("Cookie")) {
            cookies.addAll(List.of(header.split("; ?")));
        }
        return List.copyOf(cookies);
    }
}
