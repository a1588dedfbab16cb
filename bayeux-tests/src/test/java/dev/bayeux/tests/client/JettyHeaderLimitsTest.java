package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of headers goes out and comes in over Jetty. */
@Tag("transport:jetty")
class JettyHeaderLimitsTest {

    private final ScriptedServer peer = ScriptedServer.start();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer);

    @AfterEach
    void close() {
        server.close();
    }

    private ClientBuilder with(String transport, int tokenBytes) {
        return BayeuxClient.builder(peer.uri()).transports(transport)
                .addHeaders(() -> Map.of("Authorization", "Bearer " + "x".repeat(tokenBytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty-long-polling", "jetty-websocket"})
    void aLongTokenIsSent(String transport) throws Exception {
        try (BayeuxClient client = with(transport, 60_000).connect()) {
            client.publish("/foo", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty-long-polling", "jetty-websocket"})
    void aTokenThatIsTooLongIsRefusedBeforeAnythingIsSent(String transport) {
        BayeuxException failure = assertThrows(BayeuxException.class, () -> with(transport, 70_000).connect());
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertTrue(failure.getMessage().contains("70") && failure.getMessage().contains("65536"), failure.getMessage());
        assertEquals(0, server.messages().size());
    }

    @Test
    void theHeadersOfAResponseAreBounded() {
        byte[] endless = ("HTTP/1.1 200 OK\r\n" + "X: 12345678\r\n".repeat(100_000))
                .getBytes(StandardCharsets.US_ASCII);
        server.gate(request -> new Answer.Raw(endless));
        try (RequestResponseTransport transport = new JettyLongPollingProvider()
                .open(TransportContext.to(peer.uri()))) {
            TransportException failure = assertThrows(TransportException.class,
                    () -> transport.exchange(new Batch("[]", Duration.ofSeconds(10))));
            assertEquals(Problem.TOO_LARGE, failure.problem(), failure::toString);
            assertTrue(failure.getMessage().contains("262144"), failure.getMessage());
        }
    }
}
