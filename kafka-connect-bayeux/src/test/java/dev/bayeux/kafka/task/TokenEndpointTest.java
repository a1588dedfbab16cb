package dev.bayeux.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.kafka.config.SinkConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens from a token endpoint. */
@Timeout(60)
class TokenEndpointTest {

    private record Reply(int status, String body) {}

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private TokenEndpoint endpoint;

    @BeforeEach
    void startTheServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Reply reply = replies.remove();
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        endpoint = new TokenEndpoint(new SinkConfig(Map.of("bayeux.url", "http://x/", "bayeux.auth",
                "oauth2-client-credentials", "bayeux.auth.oauth2.token.url",
                "http://127.0.0.1:%d/token".formatted(server.getAddress().getPort()), "bayeux.auth.oauth2.client.id",
                "id:1", "bayeux.auth.oauth2.client.secret", "s&cret", "bayeux.auth.oauth2.scope", "push api")),
                HttpSettings.DEFAULT.withoutProxy());
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    @Test
    void aTokenIsAskedForAndExpires() throws Exception {
        replies.add(new Reply(200, "{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        Instant before = Instant.now();
        Credentials credentials = endpoint.credentials(false);
        assertEquals(Map.of("Authorization", "Bearer t1"), credentials.headers());
        Instant end = credentials.expiresAt().orElseThrow();
        assertTrue(!end.isBefore(before.plusSeconds(3600)), () -> "expires at " + end);
        assertEquals("Basic aWQlM0ExOnMlMjZjcmV0 grant_type=client_credentials&scope=push+api", requests.take());
    }

    @Test
    void aRefusalIsFinalAndShowsNoSecret() {
        replies.add(new Reply(401, "{\"error\":\"invalid_client\",\"error_description\":\"s&cret is wrong\"}"));
        IOException refused = assertThrows(TokenRefusedException.class, () -> endpoint.credentials(false));
        assertTrue(refused.getMessage().contains("401, invalid_client"), refused.getMessage());
        assertFalse(refused.getMessage().contains("cret"), refused.getMessage());
    }

    @Test
    void aBusyEndpointIsNotFinal() {
        replies.add(new Reply(503, "<html>"));
        IOException busy = assertThrows(IOException.class, () -> endpoint.credentials(true));
        assertFalse(busy instanceof TokenRefusedException);
        replies.add(new Reply(200, "{}"));
        assertInstanceOf(IOException.class, assertThrows(IOException.class, () -> endpoint.credentials(true)));
    }
}
