package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.TestProxy;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a socket is asked for. */
abstract class SocketOpeningRules extends SocketRules {

    private ReceivedRequest upgrade() throws InterruptedException {
        return bench().peer.sockets().takeUpgrade(bench().patience);
    }

    @Test
    void openingATransportMakesNoConnection() throws Exception {
        bench().setup().open();
        // Connections are accepted in their order: when this one is there, an earlier one would be as well.
        bench().setup().open();
        open();
        assertEquals(1, bench().peer.connectionCount());
    }

    @Test
    @Tag("C-122")
    void hostPathAndQueryStayAsTheyAre() throws Exception {
        bench().setup().uri(URI.create(bench().peer.uri() + "/a%20b?c=d%26e&f"))
                .http(HttpSettings.DEFAULT.withMessageTypeInUrl(true)).open();
        bench().send(ANY).done();
        ReceivedRequest request = upgrade();
        assertAll(() -> assertEquals("/bayeux/a%20b?c=d%26e&f", request.target()),
                () -> assertEquals(bench().peer.uri().getAuthority(), request.header("Host")),
                () -> assertEquals("", request.header("Sec-WebSocket-Protocol")));
    }

    @Test
    @Tag("C-123")
    void headersAreAskedForWithEachUpgrade() throws Exception {
        AtomicInteger count = new AtomicInteger();
        bench().setup().headers(
                () -> Map.of("Authorization", "Bearer " + count.incrementAndGet(), "X-Other", "\"quoted\", text"))
                .open();
        open().send(Frame.close(1000, ""));
        bench().inbox.end();
        open();
        ReceivedRequest first = upgrade();
        ReceivedRequest second = upgrade();
        assertAll(() -> assertEquals("Bearer 1", first.header("Authorization")),
                () -> assertEquals("Bearer 2", second.header("Authorization")),
                () -> assertEquals("\"quoted\", text", second.header("X-Other")));
    }

    @Test
    @Tag("C-111")
    @Tag("C-123")
    void theCookiesOfTheClientsStoreAreSent() throws Exception {
        CookieManager store = new CookieManager();
        for (String name : new String[]{"A", "B"}) {
            HttpCookie cookie = new HttpCookie(name, "1");
            cookie.setVersion(0);
            cookie.setPath("/");
            cookie.setSecure(name.equals("B"));
            store.getCookieStore().add(bench().peer.uri(), cookie);
        }
        bench().setup().cookies(store).open();
        open();
        assertEquals("A=1", upgrade().header("Cookie"));
    }

    @Test
    @Tag("C-111")
    @Tag("C-123")
    void aCookieHeaderOfTheProgramIsAddedToThem() throws Exception {
        bench().setup().headers(() -> Map.of("cookie", "own=1; B=own")).open();
        bench().peer.sockets().answer(Answer.status(503).header("Set-Cookie", "A=1; Path=/").header("Set-Cookie",
                "B=1; Path=/"));
        bench().send(ANY).failure();
        open();
        upgrade();
        assertEquals(List.of("own=1; B=own; A=1"), upgrade().headers("Cookie"));
    }

    @Test
    @Tag("C-111")
    @Tag("C-123")
    void cookiesOfRefusalsAreStored() throws Exception {
        bench().peer.sockets().answer(Answer.status(503).header("Set-Cookie", "A=1; Path=/"));
        bench().send(ANY).failure();
        open();
        upgrade();
        assertEquals("A=1", upgrade().header("Cookie"));
    }

    @Test
    @Tag("C-111")
    @Tag("C-123")
    void cookiesOfUpgradesAreStored() throws Exception {
        assumeTrue(contract().showsUpgradeHeaders(), "the WebSocket client does not show the headers of an upgrade");
        bench().peer.sockets().answer(Answer.upgrade().header("Set-Cookie", "A=1; Path=/"));
        open().drop();
        bench().inbox.end();
        open();
        upgrade();
        assertEquals("A=1", upgrade().header("Cookie"));
    }

    /** The server has a name that only the proxy knows, so that a cookie for its domain differs from one for the host. */
    @Test
    @Tag("C-111")
    @Tag("C-123")
    void attributesOfCookiesMeanWhatRfc6265Says() throws Exception {
        try (TestProxy proxy = TestProxy.start().routeAllTo(bench().peer.uri())) {
            bench().setup().uri(CookieSamples.SERVER)
                    .http(HttpSettings.DEFAULT.withProxy(proxy.host(), proxy.port())).open();
            bench().peer.sockets().answer(CookieSamples.setting(Answer.status(503)));
            bench().send(ANY).failure();
            upgrade();
            bench().send(ANY).done();
            assertEquals(CookieSamples.SENT,
                    Stream.of(upgrade().header("Cookie").split("; ?")).sorted().toList());
        }
    }

    @Test
    @Tag("C-131")
    void allBatchesUseOneSocket() throws Exception {
        Held held = Answer.held(Answer.upgrade());
        bench().peer.sockets().answer(held);
        Sending first = bench().send("[1]");
        Sending second = bench().send("[2]");
        upgrade();
        held.release();
        first.done();
        second.done();
        bench().peer.takeRequest(bench().patience);
        bench().peer.takeRequest(bench().patience);
        bench().send(ANY).done();
        bench().peer.takeRequest(bench().patience);
        assertEquals(1, bench().peer.sockets().upgradeCount());
    }

    @Test
    void theFirstFrameOfTheServerIsReceived() throws Exception {
        bench().peer.sockets().answerAll(Answer.upgrade());
        bench().peer.answerWith(request -> Answer.json("[\"answer\"]"));
        bench().send(ANY).done();
        assertEquals("[\"answer\"]", bench().inbox.message());
    }

    @Test
    void theProviderKeepsItsNames() {
        String name = bench().provider.name();
        assertAll(() -> assertEquals("websocket", bench().provider.connectionType()),
                () -> assertEquals(name, bench().provider.name()),
                () -> assertTrue(name.matches("[a-z0-9.-]+"), "name: lower-case letters, digits and dashes only"));
    }
}
