package dev.bayeux.core.exhaustive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes every sequence of inputs up to a length, states that behave alike merged, shortest sequences first. So the first
 * sequence that breaks a rule is one of the shortest.
 *
 * @param <S> the state of what is walked
 */
public final class ExhaustiveWalk<S> {

    /**
     * What was seen.
     *
     * @param depth up to which length all sequences were taken
     * @param states how many states that behave differently
     * @param transitions how many steps were taken
     * @param isComplete whether longer sequences would lead to no other state
     * @param failure the rule that is broken, with the sequence, {@code null} if none is
     */
    public record Result(int depth, long states, long transitions, boolean isComplete, @Nullable String failure) {

        @Override
        public String toString() {
            return "depth %d%s, %d states, %d transitions".formatted(depth, isComplete ? " (complete)" : "", states,
                    transitions);
        }
    }

    private record Node<S>(S state, @Nullable Node<S> before, int input) {}

    /** Of the core and of the session machine, one after the other. */
    private static final int WALKS = 9;

    private final Walked<S> walked;
    private final List<String> inputs;
    private final Set<Object> seen = new HashSet<>();
    private long transitions;

    /**
     * For one walk.
     *
     * @param walked what is walked
     */
    public ExhaustiveWalk(Walked<S> walked) {
        this.walked = walked;
        this.inputs = walked.inputs();
    }

    /**
     * {@return how long one of the walks may take, of the minutes that the property {@code exhaustive.minutes} gives all of
     * them together}
     */
    public static Duration share() {
        return Duration.ofMinutes(Long.getLong("exhaustive.minutes", 60)).dividedBy(WALKS);
    }

    /**
     * Walks.
     *
     * @param depth the length of the longest sequences
     * @param mostStates the walk ends with the first length that leads to more states
     * @return what was seen
     */
    public Result walk(int depth, long mostStates) {
        return walk(depth, mostStates, Duration.ofDays(1));
    }

    /**
     * Walks for some time at most.
     *
     * @param depth the length of the longest sequences
     * @param mostStates the walk ends with the first length that leads to more states
     * @param most how long the walk may take
     * @return what was seen
     */
    public Result walk(int depth, long mostStates, Duration most) {
        long fromNs = System.nanoTime();
        Node<S> first = new Node<>(walked.initial(), null, -1);
        seen.add(walked.key(first.state));
        List<Node<S>> last = List.of(first);
        int length = 0;
        while (length < depth && !last.isEmpty() && seen.size() <= mostStates) {
            length++;
            List<Node<S>> next = new ArrayList<>();
            for (Node<S> node : last) {
                String failure = extend(node, next);
                if (failure != null) {
                    return new Result(length, seen.size(), transitions, false, failure);
                }
                if (System.nanoTime() - fromNs > most.toNanos()) {
                    return new Result(length - 1, seen.size(), transitions, false, null);
                }
            }
            last = next;
        }
        return new Result(length, seen.size(), transitions, last.isEmpty(), null);
    }

    private @Nullable String extend(Node<S> node, List<Node<S>> next) {
        for (int input = 0; input < inputs.size(); input++) {
            Walked.Step<S> step = walked.step(node.state, input);
            if (step == null) {
                continue;
            }
            transitions++;
            Node<S> reached = new Node<>(step.state(), node, input);
            if (step.wrong() != null) {
                return "%s: %s".formatted(sequence(reached), step.wrong());
            }
            if (seen.add(walked.key(step.state()))) {
                String stuck = walked.liveness(step.state());
                if (stuck != null) {
                    return "%s: it does not become well: %s".formatted(sequence(reached), stuck);
                }
                next.add(reached);
            }
        }
        return null;
    }

    private String sequence(Node<S> reached) {
        LinkedList<String> names = new LinkedList<>();
        for (Node<S> node = reached; node.before != null; node = node.before) {
            names.addFirst(inputs.get(node.input));
        }
        return String.join(", ", names);
    }
}
