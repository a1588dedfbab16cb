package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.core.message.Json;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program without a library for data binding. */
class MissingBindingTest {

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFailureNamesTheArtifacts(boolean withApi) throws Exception {
        List<Class<?>> all = List.of(BindingChoice.class, DataBinding.class, JsonValue.class,
                Json.find().provider().getClass());
        URL[] places = Stream.concat(all.stream(), withApi ? Stream.of(Jsonb.class) : Stream.empty())
                .map(MissingBindingTest::place).toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // The platform's loader would find the packages of modules that the application's loader has.
        try (URLClassLoader without = new URLClassLoader(places, null)) {
            Thread.currentThread().setContextClassLoader(without);
            Class<?> json = without.loadClass(Json.class.getName());
            Method choose = without.loadClass(BindingChoice.class.getName()).getDeclaredMethod("choose", json,
                    without.loadClass(DataBinding.class.getName()));
            choose.setAccessible(true);
            Throwable failure = assertThrows(InvocationTargetException.class,
                    () -> choose.invoke(null, json.getMethod("find").invoke(null), null)).getCause();
            assertEquals(ConfigurationException.class.getName(), failure.getClass().getName());
            String text = String.valueOf(failure.getMessage());
            assertTrue(text.contains("org.eclipse:yasson") && text.contains("dev.bayeux:bayeux-jackson"), text);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
