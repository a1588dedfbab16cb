package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.spi.TransportProvider;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the transport is found on the class path and on the module path. */
@Tag("transport:jetty")
class ProvidedTest {

    @Test
    void classPathAndModulePathNameTheSameProvider() throws Exception {
        List<String> onClassPath = ServiceLoader.load(TransportProvider.class).stream()
                .map(provider -> provider.type().getName()).toList();
        assertEquals(List.of(JettyLongPollingProvider.class.getName(), JettyWebSocketProvider.class.getName()),
                onClassPath);

        URI classes = JettyLongPollingProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        try (InputStream compiled = classes.resolve("module-info.class").toURL().openStream()) {
            List<String> onModulePath = ModuleDescriptor.read(compiled).provides().stream()
                    .filter(provides -> provides.service().equals(TransportProvider.class.getName()))
                    .flatMap(provides -> provides.providers().stream()).toList();
            assertEquals(onClassPath, onModulePath);
        }
    }

    @Test
    void providersHaveTheirNames() {
        List<String> names = ServiceLoader.load(TransportProvider.class).stream().map(Provider::get)
                .map(provider -> provider.name() + " does " + provider.connectionType()).toList();
        assertEquals(List.of("jetty-long-polling does long-polling", "jetty-websocket does websocket"), names);
    }
}
