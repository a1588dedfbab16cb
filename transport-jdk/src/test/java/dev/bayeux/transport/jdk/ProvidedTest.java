package dev.bayeux.transport.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.spi.TransportProvider;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import java.util.ServiceLoader.Provider;
import org.junit.jupiter.api.Test;

/** That the transport is found on the class path and on the module path. */
@Tag("transport:jdk")
class ProvidedTest {

    @Test
    void classPathAndModulePathNameTheSameProvider() throws Exception {
        List<String> onClassPath = ServiceLoader.load(TransportProvider.class).stream()
                .map(provider -> provider.type().getName()).toList();
        assertEquals(List.of(JdkLongPollingProvider.class.getName(), JdkWebSocketProvider.class.getName()),
                onClassPath);

        URI classes = JdkLongPollingProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
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
        assertEquals(List.of("jdk-long-polling does long-polling", "jdk-websocket does websocket"), names);
    }
}
