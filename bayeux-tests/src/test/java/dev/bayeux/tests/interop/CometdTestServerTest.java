package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.NothingLeft;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class CometdTestServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CometdTestServer server = new CometdTestServer();
    private final WireClient client = new WireClient(server::uri);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void deliversAPublishToASubscriber() throws Exception {
        client.handshake();
        assertTrue(client.subscribe("/foo").getBoolean("successful"));
        client.connectAtOnce();
        CompletableFuture<String> held = client.connect();
        server.awaitHeldConnects(1, LIMIT);
        server.publish("/foo", "{\"n\":1}");
        String answer = held.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(answer.contains("\"data\":{\"n\":1}"), answer);
        assertEquals(1, server.sessionCount());
    }

    @Test
    void echoes() throws Exception {
        client.handshake();
        String answer = client.send("{'id':'9','channel':'/service/echo','clientId':'$','data':[7]}");
        assertTrue(answer.contains("\"data\":[7]"), answer);
    }

    @Test
    void refusesSubscriptions() throws Exception {
        server.denySubscribe("/secret");
        client.handshake();
        assertEquals(false, client.subscribe("/denied/x").getBoolean("successful"));
        assertEquals(false, client.subscribe("/secret").getBoolean("successful"));
    }

    @Test
    void forgetsSessionsOnDemand() throws Exception {
        client.handshake();
        client.connectAtOnce();
        server.expireAllSessions();
        String answer = client.connectAtOnce();
        assertTrue(answer.contains("402") && answer.contains("\"reconnect\":\"handshake\""), answer);
        server.awaitSessions(0, LIMIT);
        assertEquals(0, server.sessionCount());
    }

    @Test
    void endsSessionsOnDemand() throws Exception {
        client.handshake();
        client.connectAtOnce();
        CompletableFuture<String> held = client.connect();
        server.awaitHeldConnects(1, LIMIT);
        server.disconnectAll();
        String answer = held.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(answer.contains("/meta/disconnect"), answer);
    }

    @Test
    void keepsItsPortOverARestart() throws Exception {
        URI before = server.uri();
        client.handshake();
        server.stop();
        assertThrows(ConnectException.class, client::connectAtOnce);
        server.start();
        assertEquals(before, server.uri());
        assertTrue(client.connectAtOnce().contains("402"));
    }

    @Test
    void asksForTokens() throws Exception {
        server.requireToken("open sesame");
        assertEquals(false, client.handshake().getBoolean("successful"));
        client.ext("{'auth':{'token':'open sesame'}}");
        assertTrue(client.handshake().getBoolean("successful"));
        server.requireAuthorization("other");
        assertEquals("HTTP status 401", client.connectAtOnce());
    }
}
