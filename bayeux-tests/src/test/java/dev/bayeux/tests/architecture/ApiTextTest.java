package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What programs can see of the modules is what {@code docs/api} says, so that nobody changes it without seeing it.
 * {@code -Dapi.write} writes it anew.
 */
class ApiTextTest {

    private static final Path STORED = Path.of("").toAbsolutePath().getParent().resolve("docs/api");

    @ParameterizedTest
    @ValueSource(classes = {BayeuxClient.class, JdkLongPollingProvider.class, JettyLongPollingProvider.class,
            ClientContract.class})
    void theExportedApiIsTheOneThatIsStored(Class<?> of) throws Exception {
        Path place = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            compare(place);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                compare(jar.getPath("/"));
            }
        }
    }

    private static void compare(Path classes) throws Exception {
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        String now = ApiText.of(classes, module).replace("\r\n", "\n");
        Path stored = STORED.resolve(module.name() + ".txt");
        if (System.getProperty("api.write") != null) {
            Files.createDirectories(STORED);
            Files.writeString(stored, now);
        }
        assertTrue(Files.exists(stored), () -> stored + " is missing; -Dapi.write writes it.");
        assertEquals(Files.readString(stored), now, () -> """
                The API of %s is not what docs/api says. If the change is meant, mvn -pl bayeux-tests -am test \
                -Dtest=ApiTextTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.write writes it down; if it breaks \
                programs, CHANGELOG.md says so.""".formatted(module.name()));
    }

    @Test
    void aChangeWouldBeSeen() throws Exception {
        String text = Files.readString(STORED.resolve("dev.bayeux.api.txt"));

        assertTrue(text.contains("""

                public interface dev.bayeux.api.BayeuxClient extends java.lang.AutoCloseable
                """.replaceFirst("public interface", "public abstract interface")), text.substring(0, 500));
        assertTrue(text.contains("    public abstract void publish(java.lang.String,java.lang.Object) throws"
                + " java.lang.InterruptedException\n"), text.substring(0, 500));
        assertTrue(text.contains("extends dev.bayeux.api.error.BayeuxException\n"));
    }
}
