package dev.bayeux.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.Outcomes;
import dev.bayeux.tests.contract.WebSocketContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;

/** The contract of full-duplex transports finds what is broken. That it finds nothing else is shown by sound ones. */
class BrokenSocketsTest {

    /** A broken transport often fails by a timeout. */
    private static final String PATIENCE = "PT1S";

    @ParameterizedTest
    @EnumSource
    void breaksTheseRules(SocketFault fault) {
        for (String rule : fault.broken()) {
            String[] parts = rule.split("\\.");
            Class<?> theme = Stream.of(WebSocketContract.class.getDeclaredClasses())
                    .filter(each -> each.getSimpleName().equals(parts[0])).findFirst().orElseThrow();
            Map<String, String> outcomes = Outcomes.of(
                    DiscoverySelectors.selectNestedMethod(List.of(BrokenSocketContract.class), theme, parts[1]),
                    Map.of(FaultParameters.FAULT, fault.name(), FaultParameters.PATIENCE, PATIENCE),
                    TagFilter.excludeTags("none"));
            assertEquals(1, outcomes.size(), () -> rule + " was not tried: " + outcomes);
            assertTrue(outcomes.values().iterator().next().startsWith("failed"), () -> rule + ": " + outcomes);
        }
    }
}
