package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No text of the library that the command line may show names a class, a method or a setting of Java. */
class WordingTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> MODULES = List.of("bayeux-api", "bayeux-http", "bayeux-core", "transport-jdk");

    private static final Pattern LITERAL = Pattern.compile("\"((?:\\\\.|[^\"\\\\\n])*)\"");
    /** Texts for people have spaces, and end as sentences do or are joined to others. */
    private static final Pattern SENTENCE = Pattern.compile("(?s).*[a-z:;,.)] [a-z%].*");
    private static final Pattern JAVA = Pattern.compile("\\b[A-Z]\\w+\\.[a-zA-Z]\\w*|\\bmax[A-Z]\\w+|\\bwith[A-Z]\\w+"
            + "|\\b\\w+Timeout\\b|\\b[a-z]\\w+\\(\\w*\\)|class path|Exception\\b");
    /** The result of {@code toString} is for programmers. */
    private static final Pattern TO_STRING = Pattern.compile("\"\\w+\\[.*");
    /**
     * Texts about settings and calls that the command line does not use or sets itself, and texts that are only logged.
     */
    private static final Pattern OF_PROGRAMS = Pattern
            .compile("(?s)backoff's max|outbox|OutboxLimits|manualCommit|new TypeToken"
                    + "|ClientBuilder\\.|An HttpClient for|HttpClient\\.Builder|No Bayeux (engine|transport) was found|The extension|Thread\\.|"
                    + "executor|data binding|library that it needs|A transport on the class path|There is no extension");

    @Test
    void noTextNamesWhatBelongsToJava() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        int texts = 0;
        for (String module : MODULES) {
            for (String text : texts(ROOT.resolve(module).resolve("src/main/java"))) {
                texts++;
                String shown = Wording.ofCommandLine(text.replace("%d", "5"));
                if (JAVA.matcher(shown).find() && !OF_PROGRAMS.matcher(shown).find()) {
                    found.add(shown);
                }
            }
        }
        int all = texts;
        assertTrue(all > 200, () -> "only %d texts in %s".formatted(all, ROOT));
        assertEquals("", String.join("\n", found));
    }

    private static List<String> texts(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> texts = new ArrayList<>();
            for (Path file : java) {
                String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
                LITERAL.matcher(code).results().map(MatchResult::group)
                        .filter(text -> SENTENCE.matcher(text).matches() && !TO_STRING.matcher(text).matches())
                        .forEach(texts::add);
            }
            return texts;
        }
    }
}
