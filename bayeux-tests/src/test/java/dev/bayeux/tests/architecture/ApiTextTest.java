package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exported API of the modules is the one in {@code docs/api}, so that no change goes unnoticed. {@code -Dapi.write}
 * rewrites it. {@code bayeux-jackson}, which is built after this module, has a test of its own.
 */
class ApiTextTest {

    /** The text of the module that a class belongs to, in a folder or in a jar. */
    private static String text(Class<?> of) throws Exception {
        Path place = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return StoredApi.text(place, of.getClassLoader());
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return StoredApi.text(jar.getPath("/"), of.getClassLoader());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {BayeuxClient.class, HttpExchanger.class, JdkLongPollingProvider.class,
            JettyLongPollingProvider.class,
            ClientContract.class})
    void theExportedApiIsTheOneThatIsStored(Class<?> of) throws Exception {
        StoredApi.assertStored(text(of));
    }

    /** These are not on the class path, since the demo does without them; {@code mvn verify} builds them before this module. */
    @Tag("optional")
    @ParameterizedTest
    @ValueSource(strings = {"bayeux-oauth", "bayeux-micrometer"})
    void theExportedApiOfAModuleBesideIsTheOneThatIsStored(String module) throws Exception {
        Path classes = Path.of("").toAbsolutePath().resolveSibling(module).resolve("target/classes");
        assumeTrue(Files.exists(classes.resolve("module-info.class")), () -> classes + " is not built");
        try (URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL()},
                getClass().getClassLoader())) {
            StoredApi.assertStored(classes, loader);
        }
    }

    @Test
    void aChangeWouldBeSeen() throws Exception {
        String text = text(BayeuxClient.class);

        assertTrue(text.startsWith("module dev.bayeux.api\n"), text);
        assertTrue(text.contains("""

                public abstract interface dev.bayeux.api.BayeuxClient extends java.lang.AutoCloseable
                """), text);
        assertTrue(text.contains(
                "    public abstract java.util.List<dev.bayeux.api.PublishReply> batch(java.util.function.Consumer<dev.bayeux.api.PublishBatch>) throws"
                        + " java.lang.InterruptedException\n"),
                text);
        assertTrue(text.contains(" permits dev.bayeux.api.error.HandshakeException, "), text);
        assertTrue(text.contains("extends dev.bayeux.api.error.BayeuxException\n"), text);
    }
}
