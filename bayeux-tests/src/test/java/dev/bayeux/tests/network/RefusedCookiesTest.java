package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A cookie that comes with HTTP status 401 is sent with the next request as that of any other response, though that has
 * fresh credentials: a load balancer sets it, too, and the session may continue.
 */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("C-111")
class RefusedCookiesTest {

    private final ScriptedServer peer = ScriptedServer.start();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer).withoutCookies();

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> cookies(Http http) throws InterruptedException {
        List<String> cookies = new ArrayList<>();
        if (http.fullDuplex()) {
            for (int n = peer.sockets().upgradeCount(); n > 0; n--) {
                cookies.add(peer.sockets().takeUpgrade(Way.LIMIT).header("Cookie"));
            }
        } else {
            peer.requests().stream().map(request -> request.header("Cookie")).forEach(cookies::add);
        }
        return cookies;
    }

    @OverEachTransport
    void aCookieOfARefusedHandshakeGoesWithFreshCredentials(Http http) throws Exception {
        server.connectionTypes("websocket", "long-polling", "callback-polling");
        Reply refusal = Answer.status(401).header("Set-Cookie", "balancer=1; Path=/");
        if (http.fullDuplex()) {
            peer.sockets().answer(refusal);
        } else {
            server.next("/meta/handshake").answer(refusal);
        }
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        try (BayeuxClient client = BayeuxClient.builder(peer.uri()).transports(http.provider()).credentials(refused -> {
            asked.add(refused);
            return Credentials.bearer(refused ? "fresh" : "stale");
        }).connect()) {
            client.publish("/foo", 1);
        }
        assertEquals(List.of(false, true), List.copyOf(asked));
        assertEquals(List.of("", "balancer=1"), cookies(http).stream().distinct().toList());
    }

    @OverEachTransport
    void theCookiesOfTheSessionAndOfARefusedPublishGoWithFreshCredentials(Http http) throws Exception {
        assumeFalse(http.fullDuplex(), "a message of it brings no cookies");
        server.connectionTypes("long-polling", "callback-polling");
        server.next("/meta/handshake")
                .change(reply -> reply.header("Set-Cookie", "session=1; Path=/"));
        server.next("/foo").answer(Answer.status(401).header("Set-Cookie", "balancer=1; Path=/"));
        try (BayeuxClient client = BayeuxClient.builder(peer.uri()).transports(http.provider())
                .credentials(refused -> Credentials.bearer(refused ? "fresh" : "stale")).connect()) {
            client.publish("/foo", 1);
        }
        List<String> fresh = peer.requests().stream()
                .filter(request -> request.header("Authorization").equals("Bearer fresh"))
                .map(request -> request.header("Cookie")).toList();
        assertFalse(fresh.isEmpty());
        assertTrue(fresh.stream().allMatch(cookies -> cookies.contains("session=1") && cookies.contains("balancer=1")),
                fresh::toString);
    }
}
