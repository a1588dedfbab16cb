package dev.bayeux.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.Outcomes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.Filter;
import org.junit.platform.launcher.TagFilter;

/** The contract finds what is broken, and nothing else. */
class BrokenTransportsTest {

    /** The rule that looks at all threads of the virtual machine: it cannot run beside others. */
    private static final String LEFTOVERS = "C-92";
    private static final int AT_ONCE = 25;

    private static final Map<Fault, Future<Map<String, String>>> OUTCOMES = new EnumMap<>(Fault.class);
    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(AT_ONCE);

    @BeforeAll
    static void start() throws Exception {
        for (Fault fault : Fault.values()) {
            OUTCOMES.put(fault, EXECUTOR.submit(() -> run(fault, "PT2S", TagFilter.excludeTags(LEFTOVERS))));
        }
        for (Future<Map<String, String>> outcome : OUTCOMES.values()) {
            outcome.get(1, TimeUnit.MINUTES);
        }
    }

    @AfterAll
    static void stop() {
        EXECUTOR.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void breaksExactlyTheseRules(Fault fault) throws Exception {
        Map<String, String> outcomes = OUTCOMES.get(fault).get();
        outcomes.putAll(run(fault, "PT0.7S", TagFilter.includeTags(LEFTOVERS)));
        assertTrue(outcomes.size() > 70, () -> "only %d rules were tried".formatted(outcomes.size()));
        Set<String> failed = new TreeSet<>();
        outcomes.forEach((rule, outcome) -> {
            if (outcome.startsWith("failed")) {
                failed.add(rule);
            }
        });
        assertEquals(new TreeSet<>(fault.broken()), failed, outcomes::toString);
    }

    private static Map<String, String> run(Fault fault, String patience, Filter<?> filter) {
        return Outcomes.of(BrokenContract.class,
                Map.of(BrokenContract.FAULT, fault.name(), BrokenContract.PATIENCE, patience), filter);
    }
}
