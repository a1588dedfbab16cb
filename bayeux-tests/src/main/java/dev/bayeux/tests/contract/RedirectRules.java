package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.ScriptedServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redirects lead where the program allows it, and headers and cookies do not go along to another origin. */
abstract class RedirectRules extends Rules {

    private final ScriptedServer other = ScriptedServer.start();

    @AfterEach
    void closeOther() {
        other.close();
    }

    private Transport following(Redirects redirects) {
        return bench().setup().http(HttpSettings.DEFAULT.withRedirects(redirects))
                .headers(() -> Map.of("Authorization", "Bearer token", "X-Own", "1")).open();
    }

    private static Reply to(int status, Object place) {
        return Answer.status(status).header("Location", place.toString());
    }

    private void assertNotFollowed(String name, Transport transport, Reply redirect) throws Exception {
        Case.of("%s, status %d".formatted(name, redirect.status()), () -> {
            int before = bench().peer.requestCount();
            bench().peer.answer(redirect);
            TransportException failure = bench().send(transport, any()).transportFailure();
            assertEquals(OptionalInt.of(redirect.status()), failure.status());
            assertTrue(failure.refused(), "the server has not looked at the batch");
            assertEquals(before + 1, bench().peer.requestCount(), "requests");
        });
    }

    @Test
    @Tag("C-107")
    void aRedirectThatIsNotAllowedIsNotFollowed() throws Exception {
        Transport within = following(Redirects.SAME_ORIGIN);
        Transport elsewhere = following(Redirects.alsoTo(URI.create("http://else.invalid")));
        for (int status : new int[]{301, 302, 303, 307, 308}) {
            assertNotFollowed("none is allowed", bench().transport(), to(status, "/elsewhere"));
        }
        if (contract().posts()) {
            for (int status : new int[]{300, 301, 302, 303, 304, 305}) {
                assertNotFollowed("a POST that would become a GET", within, to(status, "/elsewhere"));
            }
        }
        assertNotFollowed("another origin", within, to(307, other.uri()));
        assertNotFollowed("an origin that is not among those allowed", elsewhere, to(308, other.uri()));
        assertNotFollowed("another scheme", within, to(307, "ftp://else.invalid/"));
        assertNotFollowed("no address", within, Answer.status(307));
        assertNotFollowed("an address that cannot be read", within, to(307, "http://["));
        assertNotFollowed("an address of another kind", within, to(307, "mailto:nobody"));
        assertEquals(0, other.requestCount());
    }

    @Test
    @Tag("C-107")
    void oneWithinTheOriginIsFollowedWithTheSameRequest() throws Exception {
        needsBodies();
        Transport transport = following(Redirects.SAME_ORIGIN);
        bench().peer.answer(to(307, "/elsewhere?a=b").header("Set-Cookie", "way=1; Path=/"), Answer.json("[1]"));
        assertEquals("[1]", bench().send(transport, "[\"batch\"]").reply());
        bench().request();
        ReceivedRequest second = bench().request();
        assertEquals(List.of("POST", "/elsewhere?a=b", "[\"batch\"]", "Bearer token", "way=1"),
                List.of(second.method(), second.target(), second.text(), second.header("Authorization"),
                        second.header("Cookie")));
    }

    @Test
    void aGetStaysAGet() throws Exception {
        Assumptions.assumeFalse(contract().posts(), "for callback-polling alone");
        Transport transport = following(Redirects.SAME_ORIGIN);
        String message = "?jsonp=jsonpcallback&message=%5B1%5D";
        for (int status : new int[]{302, 303, 307, 301}) {
            Case.of("status " + status, () -> {
                bench().peer.answer(to(status, "/new" + message), Answer.json("[2]"));
                assertEquals("[2]", bench().send(transport, "[1]").reply());
            });
        }
        bench().send(transport, "[3]").reply();
        assertEquals(List.of("/bayeux", "/new", "/new"),
                bench().peer.requests().stream().skip(6).map(ReceivedRequest::target).toList());
    }

    @Test
    @Tag("C-107")
    void aPermanentRedirectIsRemembered() throws Exception {
        needsBodies();
        Transport transport = following(Redirects.SAME_ORIGIN);
        bench().peer.answer(to(308, "/new"), Answer.json("[1]"), to(307, "/busy"), Answer.json("[2]"));
        for (int n = 1; n <= 2; n++) {
            bench().send(transport, any()).reply();
        }
        bench().send(transport, any()).reply();
        assertEquals(List.of("/bayeux", "/new", "/new", "/busy", "/new"),
                bench().peer.requests().stream().map(ReceivedRequest::target).toList());
    }

    @Test
    @Tag("C-107")
    @Tag("C-111")
    void headersAndCookiesDoNotGoToAnotherOrigin() throws Exception {
        needsBodies();
        needsHttp("it has one origin");
        Transport transport = following(Redirects.alsoTo(other.uri()));
        bench().peer.answer(Answer.json("[]").header("Set-Cookie", "own=1; Path=/"), to(308, other.uri()));
        other.answer(Answer.json("[1]").header("Set-Cookie", "theirs=1; Path=/"), Answer.json("[2]"));
        String proof = "[{\"channel\":\"/any\",\"ext\":{\"token\":\"t\"}}]";
        bench().send(transport, any()).reply();
        assertEquals("[1]", bench().send(transport, proof).reply());
        assertEquals("[2]", bench().send(transport, any()).reply());
        ReceivedRequest first = other.takeRequest(bench().patience);
        assertEquals(proof, first.text());
        assertEquals(List.of("", "", ""),
                List.of(first.header("Authorization"), first.header("X-Own"), first.header("Cookie")));
        assertEquals("theirs=1", other.takeRequest(bench().patience).header("Cookie"));
        assertEquals("own=1", bench().peer.requests().get(1).header("Cookie"));
    }

    @Test
    @Tag("C-107")
    void circlesAndEndlessWaysAreLeft() throws Exception {
        Transport transport = following(Redirects.SAME_ORIGIN);
        bench().peer.answerWith(request -> to(307, "/bayeux" + (request.number() + 1) % 2));
        assertTrue(bench().send(transport, any()).transportFailure().refused());
        int circle = bench().peer.requestCount();
        bench().peer.answerWith(request -> to(307, "/" + request.number()));
        assertTrue(bench().send(transport, any()).transportFailure().refused());
        assertTrue(circle < 5 && bench().peer.requestCount() < circle + 10);
    }
}
