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

/** The contract of stores finds what is broken, and nothing where nothing is. */
class BrokenStoresTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByTheseRules(StoreFault fault) {
        Map<String, String> outcomes = Outcomes.of(DiscoverySelectors.selectClass(BrokenStoreContract.class),
                Map.of(FaultParameters.FAULT, fault.name()));
        Set<String> failed = new TreeSet<>();
        outcomes.forEach((rule, outcome) -> {
            if (outcome.startsWith("failed")) {
                failed.add(rule);
            }
        });
        assertTrue(failed.containsAll(fault.broken()),
                () -> "not found by %s but by %s".formatted(fault.broken(), failed));
        assertEquals(fault == StoreFault.NONE, failed.isEmpty(), outcomes::toString);
    }
}
