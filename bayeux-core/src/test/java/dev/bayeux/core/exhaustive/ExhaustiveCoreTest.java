package dev.bayeux.core.exhaustive;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * Every sequence of what may happen to a client, up to a length, breaks no rule, and from every state all becomes well.
 * {@code mvn -Pexhaustive} walks further.
 */
class ExhaustiveCoreTest {

    /** How many states are enough for a build, and for each walk of the profile. */
    private static final long STATES = Long.getLong("exhaustive.core.states", 1_500);

    static List<PlayedCore.Variant> variants() {
        return CoreWalk.VARIANTS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    @Tag("C-35")
    @Tag("C-48")
    @Tag("C-50")
    @Tag("C-71")
    void noSequenceBreaksARule(PlayedCore.Variant variant) {
        ExhaustiveWalk.Result result = CoreWalk.walk(variant, STATES);
        System.out.printf("Exhaustive walk of the core, %s: %s%n", variant, result);
        assertNull(result.failure());
        assertTrue(result.depth() >= 5, result::toString);
    }
}
