package dev.bayeux.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What JUnit writes about the tests below is read as it is meant. */
class TestEventsTest {

    private static final String HERE = "tests.conformance.TestEventsTest$";

    @TempDir
    private Path folder;

    private List<Proof> run(Class<?> tests) throws IOException {
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .configurationParameters(Map.of("junit.platform.reporting.open.xml.enabled", "true",
                        "junit.platform.reporting.output.dir", folder.toString()))
                .build());
        try (Stream<Path> files = Files.walk(folder)) {
            return TestEvents.read(files.filter(file -> file.toString().endsWith(".xml")).findFirst().orElseThrow())
                    .stream().distinct().sorted().toList();
        }
    }

    @Test
    void testsThatRanAreReadWithTheTagsOfTheirClasses() throws IOException {
        assertEquals(
                List.of(new Proof(HERE + "Inherited", "breaks", Set.of("heir", "none"), false),
                        new Proof(HERE + "Inherited", "dynamic", Set.of("heir", "many"), true),
                        new Proof(HERE + "Inherited", "passes", Set.of("heir", "one"), true),
                        new Proof(HERE + "Inherited", "passesOnce", Set.of("heir", "some"), true)),
                run(Heir.class));
    }

    @Test
    void withoutEventsOfAModuleNothingIsKnown() throws IOException {
        Files.createDirectories(folder.resolve("module/src/test/java"));
        assertThrows(IOException.class, () -> TestEvents.ofModules(folder));
    }

    @Tag("heir")
    static class Heir extends Inherited {
    }

    abstract static class Inherited {

        @Test
        @Tag("one")
        void passes() {
        }

        @Test
        @Tag("one")
        void isSkipped() {
            Assumptions.abort("this is what it is for");
        }

        @Test
        @Tag("none")
        void breaks() {
            throw new AssertionError("this is what it is for");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @Tag("some")
        void passesOnce(boolean passes) {
            Assumptions.assumeTrue(passes);
        }

        @TestFactory
        @Tag("many")
        Stream<DynamicTest> dynamic() {
            return Stream.of(DynamicTest.dynamicTest("first", () -> {}));
        }
    }
}
