package dev.bayeux.jackson;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What programs can see of the module is what {@code docs/api} says. The comparison is among the tests of
 * {@code bayeux-tests}, which are built before this module. No dependency names them: builds without tests have no such jar.
 */
class ApiTextTest {

    private static final Path TESTS = Path.of("../bayeux-tests/target/test-classes");

    @Tag("optional")
    @Test
    void theExportedApiIsTheOneThatIsStored() throws Throwable {
        assumeTrue(Files.exists(TESTS.resolve("dev/bayeux/tests/architecture/StoredApi.class")),
                () -> TESTS + " is not built");
        try (URLClassLoader tests = new URLClassLoader(new URL[]{TESTS.toUri().toURL()},
                getClass().getClassLoader())) {
            Class.forName("dev.bayeux.tests.architecture.StoredApi", true, tests)
                    .getMethod("assertStored", Path.class, ClassLoader.class)
                    .invoke(null, Path.of("target/classes"), JacksonBinding.class.getClassLoader());
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
