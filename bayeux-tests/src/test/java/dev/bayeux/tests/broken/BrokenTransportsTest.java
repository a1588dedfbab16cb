package dev.bayeux.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.Outcomes;
import dev.bayeux.tests.contract.TransportContract;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;

/** The contract finds what is broken, and nothing else. */
class BrokenTransportsTest {

    /** The rule that looks at all threads of the virtual machine: it cannot run beside others. */
    private static final String LEFTOVERS = "C-92";
    private static final String IN_VAIN = "PT0.7S";
    private static final String UNTIL_DONE = "PT240S";
    /** Broken transports often fail by a timeout, so many of them can run at once. */
    private static final int AT_ONCE = 24;

    private static final Map<Fault, Map<String, String>> OUTCOMES = new EnumMap<>(Fault.class);

    @BeforeAll
    static void runWhatCanRunAtOnce() throws Exception {
        Class<?>[] themes = TransportContract.class.getDeclaredClasses();
        // What waits in vain must not fail because others are busy with TLS.
        runAtOnce(Stream.of(themes).filter(theme -> !isNetwork(theme)).toList());
        runAtOnce(Stream.of(themes).filter(BrokenTransportsTest::isNetwork).toList());
    }

    /** These make certificates and TLS connections, which takes time, and break without waiting. */
    private static boolean isNetwork(Class<?> theme) {
        return theme.getSimpleName().equals("Network");
    }

    private static void runAtOnce(List<Class<?>> themes) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<Fault, List<Future<Map<String, String>>>> running = new EnumMap<>(Fault.class);
            for (Fault fault : Fault.values()) {
                OUTCOMES.computeIfAbsent(fault, first -> new ConcurrentHashMap<>());
                running.put(fault, themes.stream()
                        .map(theme -> DiscoverySelectors.selectNestedClass(List.of(BrokenContract.class), theme))
                        .map(theme -> executor.submit(() -> run(fault, theme, TagFilter.excludeTags(LEFTOVERS))))
                        .toList());
            }
            for (Fault fault : Fault.values()) {
                for (Future<Map<String, String>> outcome : running.get(fault)) {
                    OUTCOMES.get(fault).putAll(outcome.get(30, TimeUnit.MINUTES));
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void breaksExactlyTheseRules(Fault fault) {
        Map<String, String> outcomes = new TreeMap<>(OUTCOMES.get(fault));
        outcomes.putAll(run(fault, DiscoverySelectors.selectClass(BrokenContract.class),
                TagFilter.includeTags(LEFTOVERS)));
        assertTrue(outcomes.size() > 70, () -> "only %d rules were tried".formatted(outcomes.size()));
        Set<String> failed = new TreeSet<>();
        outcomes.forEach((rule, outcome) -> {
            if (outcome.startsWith("failed")) {
                failed.add(rule);
            }
        });
        failed.removeAll(fault.perhapsBroken());
        assertEquals(new TreeSet<>(fault.broken()), failed, outcomes::toString);
    }

    /**
     * A rule that the fault breaks waits in vain, so its patience is short. All others wait only for as long as the machine
     * needs, however busy it is.
     */
    private static Map<String, String> run(Fault fault, DiscoverySelector what, Filter<?> filter) {
        Map<String, String> outcomes = new TreeMap<>(run(fault, what, IN_VAIN, filter, rules(fault, true)));
        outcomes.putAll(run(fault, what, UNTIL_DONE, filter, rules(fault, false)));
        return outcomes;
    }

    private static Map<String, String> run(Fault fault, DiscoverySelector what, String patience, Filter<?>... filters) {
        return Outcomes.of(what, Map.of(FaultParameters.FAULT, fault.name(), FaultParameters.PATIENCE, patience),
                filters);
    }

    private static PostDiscoveryFilter rules(Fault fault, boolean broken) {
        return test -> FilterResult.includedIf(test.getSource().map(source -> !(source instanceof MethodSource method)
                || fault.broken().contains(method.getMethodName()) == broken).orElse(true));
    }
}
