package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/** The exported API of the modules as {@code docs/api} stores it; {@code -Dapi.write} rewrites it. */
public final class StoredApi {

    private static final Path STORED = Path.of("").toAbsolutePath().getParent().resolve("docs/api");

    private StoredApi() {
    }

    /** {@return the text of the module whose classes are in a folder} */
    static String text(Path classes, ClassLoader loader) throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ApiText.of(classes, ModuleDescriptor.read(in), loader).replace("\r\n", "\n");
        }
    }

    /**
     * Asserts that a module exports what is stored.
     *
     * @param classes of the module
     * @param loader loads them
     */
    public static void assertStored(Path classes, ClassLoader loader) throws IOException {
        assertStored(text(classes, loader));
    }

    static void assertStored(String now) throws IOException {
        String module = now.lines().findFirst().orElseThrow().substring("module ".length());
        Path stored = STORED.resolve(module + ".txt");
        if (System.getProperty("api.write") != null) {
            Files.createDirectories(STORED);
            Files.writeString(stored, now);
        }
        assertTrue(Files.exists(stored), () -> stored + " is missing; -Dapi.write writes it.");
        assertEquals(Files.readString(stored), now, () -> """
                The API of %s is not what docs/api says. If the change is meant, mvn -pl bayeux-jackson -am test \
                -Dtest=ApiTextTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.write writes it down; if it breaks \
                programs, CHANGELOG.md says so.""".formatted(module));
    }
}
