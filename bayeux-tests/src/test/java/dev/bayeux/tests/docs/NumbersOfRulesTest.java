package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.tests.contract.WebSocketContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents say how many rules each contract has. */
class NumbersOfRulesTest {

    @ParameterizedTest
    @ValueSource(classes = {TransportContract.class, WebSocketContract.class, FullDuplexContract.class,
            ClientContract.class})
    void areTheNumbersInTheTable(Class<?> contract) throws IOException {
        String page = Files.readString(Path.of("../docs/write-a-transport.md"));
        long rules = Stream.of(contract.getDeclaredClasses()).mapToLong(NumbersOfRulesTest::rules).sum();
        assertTrue(
                page.lines().anyMatch(line -> line.startsWith("| ") && line.contains("`%s`".formatted(
                        contract.getSimpleName())) && line.endsWith("| %d |".formatted(rules))),
                () -> "%s has %d rules".formatted(contract.getSimpleName(), rules));
    }

    /** Those of a theme are in the class that it extends. */
    private static long rules(Class<?> theme) {
        long rules = 0;
        for (Class<?> each = theme; each != null; each = each.getSuperclass()) {
            rules += Stream.of(each.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class))
                    .count();
        }
        return rules;
    }
}
