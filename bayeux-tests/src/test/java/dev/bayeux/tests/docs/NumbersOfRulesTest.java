package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.contract.PositionStoreContract;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.tests.contract.WebSocketContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents say how many rules each contract has, in tables and in sentences. */
class NumbersOfRulesTest {

    private static final Path TRANSPORTS = Path.of("../docs/write-a-transport.md");
    private static final Path DECISION = Path.of("../docs/decisions/0026-what-the-contract-kit-asks.md");
    private static final List<Class<?>> CONTRACTS = List.of(TransportContract.class, WebSocketContract.class,
            FullDuplexContract.class, ClientContract.class, ExtensionContract.class, PositionStoreContract.class);
    private static final Pattern RULES = Pattern.compile("(\\d+) rules\\b");

    private static String textOf(Path page) throws IOException {
        return Files.readString(page).replaceAll("\\s+", " ");
    }

    private static long rules(Class<?> contract) {
        return ofTheme(contract)
                + Stream.of(contract.getDeclaredClasses()).mapToLong(NumbersOfRulesTest::ofTheme).sum();
    }

    /** Those of a theme are in the class that it extends. */
    private static long ofTheme(Class<?> theme) {
        long rules = 0;
        for (Class<?> each = theme; each != null; each = each.getSuperclass()) {
            rules += Stream.of(each.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class))
                    .count();
        }
        return rules;
    }

    private static long ofTheme(String name) {
        return ofTheme(Stream.of(TransportContract.class.getDeclaredClasses())
                .filter(theme -> theme.getSimpleName().equals(name)).findFirst().orElseThrow());
    }

    private static void assertInTable(Path page, Class<?> contract, String end) throws IOException {
        String name = "`%s`".formatted(contract.getSimpleName());
        String row = Files.readAllLines(page).stream().filter(line -> line.startsWith("| ") && line.contains(name))
                .findFirst().orElse("");
        assertTrue(row.contains("| %d |".formatted(rules(contract))) && row.matches(end),
                () -> "%s has %d rules, and %s says: %s".formatted(name, rules(contract), page, row));
    }

    @ParameterizedTest
    @ValueSource(classes = {TransportContract.class, WebSocketContract.class, FullDuplexContract.class,
            ClientContract.class})
    void theTableHasTheNumberOfEachContract(Class<?> contract) throws IOException {
        assertInTable(TRANSPORTS, contract, ".*\\| \\d+ \\|");
    }

    @Test
    void theDecisionHasTheNumberOfEachContract() throws IOException {
        for (Class<?> contract : CONTRACTS) {
            assertInTable(DECISION, contract, ".*");
        }
    }

    @Test
    void theSentencesHaveTheseNumbersToo() throws IOException {
        long shared = ofTheme("Network");
        assertEquals(List.of(rules(TransportContract.class)), numbers(TRANSPORTS));
        String text = textOf(DECISION);
        String total = "share the %d rules for proxies and TLS, so there are %d rules".formatted(shared,
                CONTRACTS.stream().mapToLong(NumbersOfRulesTest::rules).sum() - shared);
        assertTrue(text.contains(total), () -> "not in the decision: " + total);
    }

    /** The numbers in front of the word. */
    private static List<Long> numbers(Path page) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Matcher each = RULES.matcher(textOf(page)); each.find();) {
            numbers.add(Long.valueOf(each.group(1)));
        }
        return numbers;
    }

    @Test
    void theDecisionHasTheNumberOfEachGroup() throws IOException {
        Map<String, Long> groups = Map.of("requests", ofTheme("Requests"), "replies, bodies, compression",
                ofTheme("Replies") + ofTheme("Bodies") + ofTheme("Compression"), "redirects and cookies",
                ofTheme("Redirections") + ofTheme("Cookies"), "lost connections", ofTheme("Losses"),
                "connections that are kept", ofTheme("Keeping"), "secrets", ofTheme("Secrets"),
                "nothing is sent twice", ofTheme("Repetition"), "several requests, limits, interrupts",
                ofTheme("Concurrency") + ofTheme("Aborts"), "closing", ofTheme("Closing"), "proxies and TLS",
                ofTheme("Network"));
        String page = Files.readString(DECISION);
        groups.forEach((group, count) -> assertTrue(page.contains("| %s | %d |".formatted(group, count)),
                () -> "%s: %d rules".formatted(group, count)));
    }
}
