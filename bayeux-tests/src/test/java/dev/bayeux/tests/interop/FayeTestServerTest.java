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
class FayeTestServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FayeTestServer server = new FayeTestServer().timeout(Duration.ofMillis(500));
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
    void deliversAndForgetsOnDemand() throws Exception {
        client.handshake();
        assertTrue(client.subscribe("/foo").getBoolean("successful"));
        server.publish("/foo", "{\"n\":1}");
        CompletableFuture<String> connect = client.connect();
        String answer = connect.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(answer.contains("\"data\":{\"n\":1}"), answer);
        assertEquals(1, server.sessionCount());
        server.expireAllSessions();
        assertTrue(client.connectAtOnce().contains("\"reconnect\":\"handshake\""));
    }

    @Test
    void refusesOnDemand() throws Exception {
        server.deny("/denied");
        server.requireToken("open sesame");
        assertEquals(false, client.handshake().getBoolean("successful"));
        client.ext("{'auth':{'token':'open sesame'}}");
        assertTrue(client.handshake().getBoolean("successful"));
        assertEquals(false, client.subscribe("/denied/x").getBoolean("successful"));
    }

    @Test
    void keepsItsPortOverARestart() throws Exception {
        URI before = server.uri();
        client.handshake();
        server.stop();
        assertThrows(ConnectException.class, client::connectAtOnce);
        server.start();
        assertEquals(before, server.uri());
        assertTrue(client.connectAtOnce().contains("401:"));
    }
}
