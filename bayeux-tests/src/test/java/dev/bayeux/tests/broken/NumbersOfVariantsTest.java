package dev.bayeux.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.contract.TransportContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule for transports over HTTP is seen to fail, and decision 26 says how many careless variants there are. */
class NumbersOfVariantsTest {

    /** Runs for callback-polling alone, of which there is no variant. */
    private static final Set<String> WITHOUT_VARIANT = Set.of("aGetStaysAGet");

    @Test
    void eachRuleHasAVariantThatFailsIt() {
        Set<String> rules = new TreeSet<>();
        for (Class<?> theme : TransportContract.class.getDeclaredClasses()) {
            for (Class<?> each = theme; each != null; each = each.getSuperclass()) {
                Stream.of(each.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class))
                        .forEach(method -> rules.add(method.getName()));
            }
        }
        Set<String> broken = EnumSet.allOf(Fault.class).stream()
                .flatMap(fault -> Stream.concat(fault.broken().stream(), fault.perhapsBroken().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(rules.containsAll(broken), () -> "no rules: " + broken);
        rules.removeAll(broken);
        assertEquals(WITHOUT_VARIANT, rules);
    }

    @Test
    void theDecisionHasTheNumbersOfVariants() throws IOException {
        String page = Files.readString(Path.of("../docs/decisions/0026-what-the-contract-kit-asks.md"));
        // The constant NONE is no variant.
        assertTrue(page.contains(" %d variants over HTTP".formatted(Fault.values().length - 1)),
                () -> "%d over HTTP".formatted(Fault.values().length - 1));
        assertTrue(page.contains(" %d variants: ".formatted(SocketFault.values().length)),
                () -> "%d over WebSocket".formatted(SocketFault.values().length));
        assertTrue(page.contains(" %d variants, also: ".formatted(CarrierFault.values().length)),
                () -> "%d of carriers".formatted(CarrierFault.values().length));
        assertTrue(page.contains(" %d and %d variants".formatted(ExtensionFault.values().length - 1,
                StoreFault.values().length - 1)),
                () -> "%d of extensions, %d of stores".formatted(ExtensionFault.values().length - 1,
                        StoreFault.values().length - 1));
    }
}
