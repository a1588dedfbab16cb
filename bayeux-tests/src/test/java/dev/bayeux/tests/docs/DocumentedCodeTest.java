package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every block of Java in the README and in the documents stands, but for indentation and line breaks, in a file that is
 * compiled here or in the tests of a module that is not always built: what a reader copies compiles.
 */
class DocumentedCodeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern FENCE = Pattern.compile("(?m)^\\s*```(\\S.*)$");

    @TestFactory
    Stream<DynamicTest> documentedCodeIsCompiled() throws IOException {
        String compiled = compiledCode();
        return documents().stream().flatMap(document -> blocks(document).stream()
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

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static List<String> blocks(Path document) {
        try {
            return JAVA_BLOCK.matcher(Files.readString(document)).results().map(match -> match.group(1)).toList();
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
                "../bayeux-jackson/src/test/java/dev/bayeux/jackson/docs")) {
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
