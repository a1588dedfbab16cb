package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.spi.TransportProvider;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names by which programs choose among what they find. */
class ShippedTransportsTest {

    @Test
    void transportsHaveTheirNames() {
        assertEquals(
                Set.of("jdk-long-polling does long-polling", "jdk-websocket does websocket",
                        "jdk-callback-polling does callback-polling", "jetty-long-polling does long-polling",
                        "jetty-websocket does websocket", "jetty-callback-polling does callback-polling"),
                ServiceLoader.load(TransportProvider.class).stream().map(Provider::get)
                        .map(provider -> provider.name() + " does " + provider.connectionType())
                        .collect(Collectors.toSet()));
    }
}
