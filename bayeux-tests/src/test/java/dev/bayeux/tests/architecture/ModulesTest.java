package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.core.CoreClientFactory;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the modules declare, on the module path and on the class path, and how their sources are written. */
class ModulesTest {

    static Stream<Class<?>> modules() {
        return Stream.of(BayeuxClient.class, CoreClientFactory.class, JdkLongPollingProvider.class,
                JettyLongPollingProvider.class, ClientContract.class);
    }

    private interface Look<T> {
        T at(Path root) throws IOException;
    }

    /** Looks into the folder or jar that a class comes from. */
    private static <T> T within(Class<?> of, Look<T> look) throws IOException, URISyntaxException {
        Path place = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return look.at(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return look.at(jar.getPath("/"));
        }
    }

    private static ModuleDescriptor descriptor(Path root) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    private static Map<String, Set<String>> services(Path root) throws IOException {
        Map<String, Set<String>> services = new HashMap<>();
        Path folder = root.resolve("META-INF/services");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    services.put(file.getFileName().toString(), new TreeSet<>(
                            Files.readAllLines(file).stream().map(String::strip).filter(s -> !s.isEmpty()).toList()));
                }
            }
        }
        return services;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theServicesOfTheClassPathAreThoseOfTheModulePath(Class<?> of) throws Exception {
        Map<String, Set<String>> provided = new HashMap<>();
        within(of, MODULE).provides()
                .forEach(each -> provided.put(each.service(), new TreeSet<>(each.providers())));
        assertEquals(provided, within(of, ModulesTest::services));
        for (Set<String> providers : provided.values()) {
            for (String provider : providers) {
                Class.forName(provider).getConstructor().newInstance();
            }
        }
    }

    private static final Look<ModuleDescriptor> MODULE = ModulesTest::descriptor;

    @Test
    void theEngineExportsNothing() throws Exception {
        assertEquals(Set.of(), within(CoreClientFactory.class, MODULE).exports());
    }

    @Test
    void theTransportsExportOnePackageEach() throws Exception {
        for (Class<?> provider : List.of(JdkLongPollingProvider.class, JettyLongPollingProvider.class)) {
            List<String> exported = within(provider, MODULE).exports().stream().map(ModuleDescriptor.Exports::source)
                    .toList();
            assertEquals(List.of(provider.getPackageName()), exported);
        }
    }

    /** The byte code of a block is not seen by the other rules. */
    @Test
    void noSourceHasASynchronizedBlock() throws IOException {
        Path parent = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();
        List<Path> sources;
        try (Stream<Path> modules = Files.list(parent)) {
            sources = modules.map(module -> module.resolve("src/main/java")).filter(Files::isDirectory)
                    .flatMap(ModulesTest::javaFiles).toList();
        }
        assertTrue(sources.size() > 100, () -> "only %d sources below %s".formatted(sources.size(), parent));
        List<Path> found = sources.stream().filter(source -> code(source).contains("synchronized")).toList();
        assertEquals(List.of(), found);
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A source without comments and texts. */
    private static String code(Path source) {
        try {
            return Files.readString(source)
                    .replaceAll("(?s)\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|/\\*.*?\\*/|//[^\\n]*", "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
