package dev.bayeux.core.exchange;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.core.delivery.ListenerQueue;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.runtime.ClientRuntime;
import java.net.URI;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final URI SERVER = URI.create("http://a.example/bayeux");

    /** Headers that nobody may read. */
    private static final class Unread extends AbstractMap<String, List<String>> {

        @Override
        public Set<Map.Entry<String, List<String>>> entrySet() {
            throw new IllegalStateException("read");
        }
    }

    private static Connection connection(List<Consumer<? super ResponseHead>> listeners) {
        ClientRuntime runtime = ClientRuntime.jvm();
        ClientConfig config = BayeuxClient.builder(SERVER).config();
        ListenerQueue<ResponseHead> responses = new ListenerQueue<>(runtime, "test", "responses", 1, listeners);
        return new Connection(1, Endpoint.of(SERVER),
                new ConnectionContext(runtime, config, "test", Json.find(), null, null, responses), null, null, null);
    }

    @Test
    void withoutListenersTheHeadersOfAResponseAreNotCopied() {
        assertDoesNotThrow(() -> connection(List.of()).responded(SERVER, 200, new Unread()));
        assertEquals("read", assertThrows(IllegalStateException.class,
                () -> connection(List.of(head -> {})).responded(SERVER, 200, new Unread())).getMessage());
    }
}
