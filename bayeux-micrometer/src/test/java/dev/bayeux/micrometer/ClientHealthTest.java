package dev.bayeux.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.micrometer.ClientHealth.Status;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHealthTest {

    private static final Instant SINCE = Instant.parse("2026-05-04T03:02:01Z");

    private static ClientState state(ConnectionStatus status, int attempt, boolean failed) {
        Optional<BayeuxException> failure = failed
                ? Optional.of(new ClientClosedException("no\nroute"))
                : Optional.empty();
        ClientState state = ClientState.of(status, SINCE).withFailedAttempts(attempt)
                .withTransport("jdk-long-polling")
                .withEndpoint(Endpoint.of(URI.create("https://example.org:8443/cometd?key=hidden")));
        return failure.map(state::withLastFailure).orElse(state);
    }

    @ParameterizedTest
    @CsvSource({"CONNECTED, 0, false, UP", "HANDSHAKING, 0, false, UNKNOWN", "RECONNECTING, 2, true, UNKNOWN",
            "RECONNECTING, 3, true, DOWN", "REHANDSHAKING, 9, true, DOWN", "DISCONNECTED, 0, true, DOWN",
            "DISCONNECTED, 0, false, OUT_OF_SERVICE", "SUSPENDED, 0, false, OUT_OF_SERVICE"})
    void eachStateHasAHealth(ConnectionStatus status, int attempt, boolean failed, Status expected) {
        assertEquals(expected, ClientHealth.of(state(status, attempt, failed)).status());
    }

    @Test
    void theProgramSaysHowManyAttemptsMayFail() {
        ClientState state = state(ConnectionStatus.RECONNECTING, 1, true);

        assertEquals(Status.DOWN, ClientHealth.of(state, 0).status());
        assertEquals(Status.UNKNOWN, ClientHealth.of(state, 1).status());
        assertThrows(IllegalArgumentException.class, () -> ClientHealth.of(state, -1));
    }

    @Test
    void theDetailsSayWhyWithoutTheQueryOfTheServer() {
        assertEquals(
                Map.of("status", "RECONNECTING", "since", "2026-05-04T03:02:01Z", "failedAttempts", "1", "lastFailure",
                        "no\\nroute", "transport", "jdk-long-polling", "server", "https://example.org:8443/cometd"),
                ClientHealth.of(state(ConnectionStatus.RECONNECTING, 1, true)).details());
    }
}
