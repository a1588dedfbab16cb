package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Checks that what a reader copies works: every block of Java in the README and in the documents stands, except for
 * indentation and line breaks, in a file that the build compiles, and the build makes the project that is shown.
 */
class DocumentedCodeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern XML_BLOCK = Pattern.compile("```xml\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern CLONE_ONLY = Pattern.compile("<!-- in the clone only -->.*?<!-- end -->",
            Pattern.DOTALL);
    private static final Pattern VERSION = Pattern
            .compile("<artifactId>bayeux-parent</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern OWN_DEPENDENCY = Pattern.compile(
            "<groupId>dev\\.bayeux</groupId>\\s*<artifactId>(.*?)</artifactId>(?:\\s*<version>(.*?)</version>)?");
    private static final Pattern FENCE = Pattern.compile("(?m)^\\s*```(\\S.*)$");

    @TestFactory
    Stream<DynamicTest> documentedCodeIsCompiled() throws IOException {
        String compiled = compiledCode();
        return documents().stream().flatMap(document -> blocks(document, JAVA_BLOCK).stream()
                .map(block -> DynamicTest.dynamicTest(ROOT.relativize(document) + ": " + firstLine(block),
                        () -> assertTrue(compiled.contains(normalised(block)),
                                "No compiled file contains this block of %s:%n%s".formatted(document, block)))));
    }

    /** The API of EMP-Connector, which is in no repository of artifacts, is the only one shown and not compiled. */
    @Test
    void onlyOneDocumentShowsJavaThatIsNotCompiled() throws IOException {
        for (Path document : documents()) {
            boolean allowed = document.endsWith("moving-from-emp-connector.md");
            List<String> fences = FENCE.matcher(Files.readString(document)).results().map(match -> match.group(1))
                    .filter(info -> info.toLowerCase(Locale.ROOT).startsWith("java") && !info.equals("java"))
                    .filter(info -> !allowed || !info.equals("java theirs")).toList();
            assertEquals(List.of(), fences, document::toString);
        }
    }

    /** Maven builds the project in the folder "example". The document leaves out the parts that only this build needs. */
    @Test
    void theProjectToCopyIsBuilt() throws IOException {
        String built = CLONE_ONLY.matcher(Files.readString(ROOT.resolve("example/pom.xml"))).replaceAll("");
        List<String> shown = xmlBlocks().stream().filter(block -> block.startsWith("<project"))
                .map(DocumentedCodeTest::normalised).toList();
        assertEquals(List.of(normalised(built)), shown);
    }

    @Test
    void dependenciesToCopyAreArtifactsOfThisVersion() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertTrue(version.find());
        for (String block : xmlBlocks()) {
            for (MatchResult dependency : OWN_DEPENDENCY.matcher(block).results().toList()) {
                assertTrue(Files.exists(ROOT.resolve(dependency.group(1)).resolve("pom.xml")), dependency::group);
                if (dependency.group(2) != null) {
                    assertEquals(version.group(1), dependency.group(2), dependency::group);
                }
            }
        }
    }

    private static List<String> xmlBlocks() throws IOException {
        return documents().stream().flatMap(document -> blocks(document, XML_BLOCK).stream()).toList();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static List<String> blocks(Path document, Pattern kind) {
        try {
            return kind.matcher(Files.readString(document)).results().map(match -> match.group(1)).toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String firstLine(String block) {
        return block.lines().findFirst().orElse("");
    }

    private static String compiledCode() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String folder : List.of("src/test/java/dev/bayeux/tests/docs", "src/test/java/dev/bayeux/tests/carrier",
                "src/test/jpms",
                "../bayeux-oauth/src/test/java/dev/bayeux/oauth/docs",
                "../bayeux-micrometer/src/test/java/dev/bayeux/micrometer/docs",
                "../bayeux-jackson/src/test/java/dev/bayeux/jackson/docs", "../example/src")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                    code.append(normalised(Files.readString(file)));
                }
            }
        }
        return code.toString();
    }

    private static String normalised(String code) {
        return code.replaceAll("\\s+", "");
    }
}
