package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.position.Position;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No record of the modules that a program uses shows a text that may be a secret: a header, a cookie, a token, a client id, a
 * message, or what an address has besides host and path. A component of a new record may be shown only if it is named here.
 * Records are looked at because their text shows all components unless it is overridden.
 */
class SecretTextTest {

    private static final String SECRET = "s3cr3t";
    private static final URI ADDRESS = URI.create("https://me:s3cr3t@a.test/bayeux?token=s3cr3t");

    /** Texts that are made to be read. */
    private static final Set<String> SHOWN = Set.of("ClientEvent$HandlerFailed.channel",
            "ClientEvent$SubscriptionStopped.channel", "ClientEvent$HandlerNotStarted.channel",
            "ClientEvent$ExtensionFailed.extension", "ClientEvent$ReplayGap.channel",
            "ClientEvent$PositionNotSaved.channel", "ClientEvent$PositionUnusable.channel", "ServerError.args",
            "ServerError.text", "Position.replayId", "PositionLines$Contents.positions", "ProxyRoutes$Tag.host",
            "OtherAddress.name", "ClientSettings.tlsName", "ClientHealth.details", "HttpCall.method",
            "HttpConversation$ContentType.text", "HttpConversation$Place.text", "Batch.metaType",
            "ClientState$Values.transport", "SetCookie.name");

    @ParameterizedTest
    @ValueSource(classes = {BayeuxClient.class, HttpExchanger.class, JdkLongPollingProvider.class,
            JettyLongPollingProvider.class})
    void noRecordShowsASecret(Class<?> of) throws Exception {
        assertHidden(Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()), of.getClassLoader());
    }

    /** These are not on the class path. */
    @Tag("optional")
    @ParameterizedTest
    @ValueSource(strings = {"bayeux-oauth", "bayeux-micrometer"})
    void noRecordOfAModuleBesideShowsASecret(String module) throws Exception {
        Path classes = Path.of("").toAbsolutePath().resolveSibling(module).resolve("target/classes");
        assumeTrue(Files.exists(classes.resolve("module-info.class")), () -> classes + " is not built");
        try (URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL()},
                getClass().getClassLoader())) {
            assertHidden(classes, loader);
        }
    }

    private static void assertHidden(Path classes, ClassLoader loader) throws Exception {
        assumeTrue(Files.isDirectory(classes), () -> classes + " is no folder of classes");
        Set<String> shown = new TreeSet<>();
        for (Class<?> type : records(classes, loader)) {
            for (RecordComponent secret : type.getRecordComponents()) {
                String name = name(type) + "." + secret.getName();
                if (!SHOWN.contains(name) && of(type, secret.getName()::equals).toString().contains(SECRET)) {
                    shown.add(name);
                }
            }
        }
        assertEquals(Set.of(), shown, "Override toString, or add what may be shown to SHOWN.");
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    private static List<Class<?>> records(Path classes, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> records = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
                String path = classes.relativize(file).toString();
                if (!path.endsWith("-info.class")) {
                    Class<?> type = load(path.substring(0, path.length() - ".class".length()).replace('/', '.'),
                            loader);
                    if (type.isRecord()) {
                        records.add(type);
                    }
                }
            }
            return records;
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A record with a secret in each of the components that are chosen. */
    private static Object of(Class<?> type, Predicate<String> chosen) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int n = 0; n < components.length; n++) {
            values[n] = value(components[n].getGenericType(), chosen.test(components[n].getName()));
        }
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        try {
            return canonical.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new AssertionError("%s refuses %s".formatted(type, Arrays.toString(values)), refused.getCause());
        }
    }

    private static Object value(Type wanted, boolean secret) throws ReflectiveOperationException {
        if (wanted instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Object last = value(arguments[arguments.length - 1], secret);
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Map" -> Map.of("Any-Name", last);
                case "List" -> last == null ? List.of() : List.of(last);
                case "Optional" -> Optional.ofNullable(last);
                default -> value(generic.getRawType(), secret);
            };
        }
        Class<?> type = wanted instanceof Class<?> known ? known : Object.class;
        String text = secret ? SECRET : "7";
        if (type == Object.class) {
            return "any";
        } else if (type == String.class) {
            return text;
        } else if (type == URI.class) {
            return secret ? ADDRESS : URI.create("https://a.test/bayeux");
        } else if (type == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == OptionalInt.class) {
            return OptionalInt.of(1);
        } else if (type == InetAddress.class) {
            return InetAddress.getLoopbackAddress();
        } else if (type == ProxySelector.class) {
            return ProxySelector.getDefault();
        } else if (type.isPrimitive()) {
            return type == int.class ? 1 : Array.get(Array.newInstance(type, 1), 0);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type == Position.class) {
            return Position.after(7);
        } else if (type.isRecord()) {
            return of(type, any -> secret);
        } else if (type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                    (proxy, method, arguments) -> method.getName().equals("toString") ? "any" : null);
        }
        return null;
    }

    /** Shows all that it has. */
    private record Careless(String token, URI address, Map<String, List<String>> headers) {}

    @Test
    void aRecordThatShowsAllIsFound() throws Exception {
        for (String component : List.of("token", "address", "headers")) {
            assertTrue(of(Careless.class, component::equals).toString().contains(SECRET), component);
        }
        assertFalse(of(Careless.class, none -> false).toString().contains(SECRET));
    }
}
