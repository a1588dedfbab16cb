package dev.bayeux.core.simulation.mutants;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.delivery.WatchedLog;
import dev.bayeux.core.exhaustive.CoreWalk;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that finds nothing proves nothing: each of these bugs is found, and by the rules, not by a crash. The seed that found
 * a bug before is tried first ({@link FindingSeeds}), then all others in order.
 */
class MutantTest {

    private static final int SEEDS = 1_000;
    /** A lost unsubscribe request that a new subscription follows is rare: one history in two hundred. */
    private static final int SEEDS_OF_POSITIONS = 2_000;

    private static final FindingSeeds FOUND = FindingSeeds.read();

    private static WatchedLog log;

    @BeforeAll
    static void silence() {
        log = new WatchedLog("dev.bayeux.client");
    }

    @AfterAll
    static void listenAgain() {
        log.close();
        FOUND.writeIfWanted();
    }

    private static @Nullable String failureOf(String bug, Mutation mutation, String simulation, int seeds)
            throws ReflectiveOperationException {
        MutantLoader loader = new MutantLoader(mutation);
        long found = FOUND.of(bug, seeds);
        String failure = firstFailure(loader, simulation, found, found + 1);
        return failure == null ? FOUND.keep(bug, firstFailure(loader, simulation, 0, seeds)) : failure;
    }

    private static @Nullable String firstFailure(MutantLoader loader, String simulation, long from, long to)
            throws ReflectiveOperationException {
        Method run = loader.loadClass("dev.bayeux.core." + simulation).getMethod("failureOf", long.class);
        for (long seed = from; seed < to; seed++) {
            String failure = (String) run.invoke(null, seed);
            if (failure != null) {
                return "seed %d: %s".formatted(seed, failure);
            }
        }
        return null;
    }

    static Set<String> bugs() {
        return Mutants.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void eachIsFound(String bug) throws ReflectiveOperationException {
        String failure = failureOf(bug, Mutants.all().get(bug), "simulation.Simulation", SEEDS);

        assertNotNull(failure, () -> "%s: %d seeds do not find it".formatted(bug, SEEDS));
        assertFalse(failure.contains("VerifyError") || failure.contains("LinkageError")
                || failure.contains("plant this bug elsewhere"), failure);
    }

    static Set<String> bugsOfPositions() {
        return Mutants.ofPositions().keySet();
    }

    @ParameterizedTest
    @MethodSource("bugsOfPositions")
    void eachOfPositionsIsFound(String bug) throws ReflectiveOperationException {
        assertNotNull(failureOf(bug, Mutants.ofPositions().get(bug), "simulation.KilledClients", SEEDS_OF_POSITIONS));
    }

    static Set<String> bugsOfWalk() {
        return Mutants.ofWalk().keySet();
    }

    @ParameterizedTest
    @MethodSource("bugsOfWalk")
    void eachOfTheCoreIsFoundByTheWalk(String bug) throws ReflectiveOperationException {
        eachIsFoundByItsRule(bug, Mutants.ofWalk().get(bug), "exhaustive.CoreWalk", CoreWalk.count());
    }

    static Set<String> bugsOfScenes() {
        return Mutants.ofScenes().keySet();
    }

    @ParameterizedTest
    @MethodSource("bugsOfScenes")
    void eachOfScenesIsFound(String bug) throws ReflectiveOperationException {
        eachIsFoundByItsRule(bug, Mutants.ofScenes().get(bug), "simulation.Scenes", 1);
    }

    private static void eachIsFoundByItsRule(String bug, Mutants.ByRule known, String proof, int runs)
            throws ReflectiveOperationException {
        String failure = failureOf(bug, known.mutation(), proof, runs);
        assertNotNull(failure);
        assertTrue(failure.contains(known.rule()), failure);
    }

    @Test
    void withoutABugNothingIsFound() throws ReflectiveOperationException {
        Mutation none = Mutation.harmless("session.Waits", "interval");

        assertNull(firstFailure(new MutantLoader(none), "simulation.Simulation", 0, 50));
        assertNull(firstFailure(new MutantLoader(none), "simulation.KilledClients", 0, 20));
    }
}
