package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what documents refer to: files and headings by links, classes by name, and texts of failures by quotation. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*```.*?^\\s*```\\s*$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ENGINE_CLASS = Pattern
            .compile("`((?:core|spi|http|extension)(?:\\.[a-z]+)*\\.[A-Z]\\w+)`");
    private static final Pattern ENGINE_PACKAGE = Pattern.compile("(?m)^\\| `(core(?:\\.[a-z]+)*)` \\|(.*)$");
    private static final Pattern SYMPTOM = Pattern.compile("(?m)^\\| ([^|]+) \\|");
    private static final Pattern QUOTE = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : LINK.matcher(text(document)).results().toList()) {
                if (!link.group(1).matches("[a-z]+:.*") && !leadsSomewhere(document, link.group(1))) {
                    broken.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void classesOfTheGlossaryExist() throws IOException {
        List<MatchResult> classes = ENGINE_CLASS.matcher(text(ROOT.resolve("docs/glossary.md"))).results().toList();
        assertTrue(classes.size() > 30, () -> classes.size() + " classes");
        assertEquals(List.of(), classes.stream().map(match -> match.group(1)).filter(name -> !exists(name)).toList());
    }

    @Test
    void classesOfThePackagesInTheArchitectureExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (MatchResult row : ENGINE_PACKAGE.matcher(text(ROOT.resolve("docs/architecture.md"))).results().toList()) {
            CLASS.matcher(row.group(2)).results().map(match -> row.group(1) + "." + match.group(1))
                    .filter(name -> !exists(name)).forEach(missing::add);
        }
        assertEquals(List.of(), missing);
    }

    /** A reader finds an error text in docs/troubleshooting.md only if the page quotes it as the code writes it. */
    @Test
    void textsQuotedAsSymptomsAreInTheCode() throws IOException {
        String code = mainCode();
        List<String> quotes = SYMPTOM.matcher(text(ROOT.resolve("docs/troubleshooting.md"))).results()
                .flatMap(row -> QUOTE.matcher(row.group(1)).results()).map(quote -> quote.group(1)).toList();
        assertTrue(quotes.size() > 15, () -> quotes.size() + " quotes");
        assertEquals(List.of(),
                quotes.stream().filter(quote -> !code.contains(quote.replaceAll("\\d+", "%d"))).toList());
    }

    private static String mainCode() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("bayeux-api", "bayeux-http", "bayeux-core", "transport-jdk", "transport-jetty")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    code.append(Files.readString(file));
                }
            }
        }
        return code.toString();
    }

    /** Whether there is a class of that name; its package is given without {@code dev.bayeux} and {@code api}. */
    private static boolean exists(String name) {
        String file = name.replace('.', '/') + ".java";
        return Stream.of("bayeux-core/src/main/java/dev/bayeux", "bayeux-http/src/main/java/dev/bayeux",
                "bayeux-api/src/main/java/dev/bayeux/api")
                .anyMatch(root -> Files.exists(ROOT.resolve(root).resolve(file)));
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The anchors that code hosts make of headings. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text(document)).results().map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).forEach(anchors::add);
        return anchors;
    }

    /** Without blocks of code, which have neither links nor headings. */
    private static String text(Path document) throws IOException {
        return FENCED.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }
}
