package dev.bayeux.core.exhaustive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A walk finds what is wrong, by the shortest way. */
class ExhaustiveWalkTest {

    /** A counter that may go up by one or two, down, or back to zero. */
    private static class Counter implements Walked<Integer> {

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public List<String> inputs() {
            return List.of("one", "two", "down");
        }

        @Override
        public @Nullable Step<Integer> step(Integer state, int input) {
            return switch (input) {
                case 0 -> new Step<>(Math.min(9, state + 1), null);
                case 1 -> new Step<>(Math.min(9, state + 2), null);
                default -> state == 0 ? null : new Step<>(state - 1, null);
            };
        }

        @Override
        public Object key(Integer state) {
            return state;
        }

        @Override
        public @Nullable String liveness(Integer state) {
            return null;
        }
    }

    @Test
    void everyStateIsSeenOnce() {
        ExhaustiveWalk.Result result = new ExhaustiveWalk<>(new Counter()).walk(100, 100);
        assertEquals(new ExhaustiveWalk.Result(6, 10, 29, true, null), result);
    }

    @Test
    void theDepthBoundsTheWalk() {
        assertEquals("depth 2, 5 states, 8 transitions", new ExhaustiveWalk<>(new Counter()).walk(2, 100).toString());
    }

    @Test
    void theShortestSequenceIsNamed() {
        Counter wrong = new Counter() {

            @Override
            public @Nullable Step<Integer> step(Integer state, int input) {
                Step<Integer> step = super.step(state, input);
                return step != null && step.state() == 5 ? new Step<>(5, "five") : step;
            }
        };
        assertEquals("one, two, two: five", new ExhaustiveWalk<>(wrong).walk(100, 100).failure());
    }

    @Test
    void aStateThatDoesNotRecoverIsNamed() {
        Counter stuck = new Counter() {

            @Override
            public @Nullable String liveness(Integer state) {
                return state == 3 ? "three" : null;
            }
        };
        assertEquals("one, two: it does not become well: three",
                new ExhaustiveWalk<>(stuck).walk(100, 100).failure());
    }
}
