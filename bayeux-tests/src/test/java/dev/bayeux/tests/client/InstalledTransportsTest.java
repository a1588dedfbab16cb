package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result of the search is cached, but only for callers with the same class loader. */
class InstalledTransportsTest {

    /** Is found only by threads with a class loader that knows of it. */
    public static final class OfAContainer implements TransportProvider {

        @Override
        public String name() {
            return "of-a-container";
        }

        @Override
        public String connectionType() {
            return "long-polling";
        }

        @Override
        public Transport open(TransportContext context) {
            throw new UnsupportedOperationException("Nobody connects.");
        }
    }

    private static ConnectionStatus build() {
        try (BayeuxClient client = BayeuxClient.builder(URI.create("http://localhost/cometd"))
                .transports("of-a-container").build()) {
            return client.state().status();
        }
    }

    private static void assertNotFound() {
        String text = assertThrows(ConfigurationException.class, InstalledTransportsTest::build).getMessage();
        assertTrue(text.contains("jdk-long-polling"), text);
    }

    @Test
    void eachClassLoaderHasItsOwn(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(TransportProvider.class.getName()), OfAContainer.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        assertNotFound();
        try (URLClassLoader container = new URLClassLoader(new URL[]{folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(container);
            assertEquals(ConnectionStatus.DISCONNECTED, build());
            assertEquals(ConnectionStatus.DISCONNECTED, build());
        } finally {
            thread.setContextClassLoader(before);
        }
        assertNotFound();
    }
}
