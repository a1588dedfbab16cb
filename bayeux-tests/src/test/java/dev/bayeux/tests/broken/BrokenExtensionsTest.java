package dev.bayeux.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.Outcomes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** The contract of extensions finds what is broken, and nothing where nothing is. */
class BrokenExtensionsTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByTheseRules(ExtensionFault fault) {
        Map<String, String> outcomes = Outcomes.of(DiscoverySelectors.selectClass(BrokenExtensionContract.class),
                Map.of(FaultParameters.FAULT, fault.name()));
        assertTrue(outcomes.size() > 15, () -> "only %d rules were tried".formatted(outcomes.size()));
        Set<String> failed = new TreeSet<>();
        outcomes.forEach((rule, outcome) -> {
            if (outcome.startsWith("failed")) {
                failed.add(rule);
            }
        });
        assertTrue(failed.containsAll(fault.broken()),
                () -> "not found by %s but by %s".formatted(fault.broken(), failed));
        assertEquals(fault == ExtensionFault.NONE, failed.isEmpty(), outcomes::toString);
    }
}
