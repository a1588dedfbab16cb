package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bayeux.api.Limits;
import dev.bayeux.core.delivery.Payloads;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** As in a container: the API is shared, the engine and its libraries are the program's, and the thread has no loader. */
    @Test
    void theLibrariesAreFoundBesideTheEngineWhereTheThreadHasNoClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] shared = {place(Limits.class), place(JsonProvider.class), place(Jsonb.class)};
        URL[] own = {place(Json.class), place(JsonProvider.provider().getClass()),
                place(JsonbBuilder.create().getClass())};
        try (URLClassLoader container = new URLClassLoader(shared, null);
                URLClassLoader program = new URLClassLoader(own, container)) {
            thread.setContextClassLoader(null);
            Object json = program.loadClass(Json.class.getName()).getMethod("find").invoke(null);
            assertSame(program, json.getClass().getClassLoader());

            Object payloads = program.loadClass(Payloads.class.getName()).getConstructors()[0].newInstance(json, null);
            Object read = payloads.getClass().getMethod("read", String.class, String.class, Type.class).invoke(payloads,
                    "/a", "[1]", int[].class);
            assertEquals(1, ((int[]) read)[0]);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
