package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Whether what a subscription got is made of what arrived: bodies as wholes, each in its own order. The same message can
 * have arrived several times, and not every time was it taken, so all ways to explain what was seen are followed.
 */
final class Matching {

    /** Responses that arrive at about the same time may be handled in any order. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(3);

    /** What arrived together, as far as one subscription is concerned. */
    record Block(Object transport, boolean duplex, long atNs, List<Long> numbers) {

        /** Frames of one socket keep their order. */
        private boolean mayFollow(Block before) {
            return !(before.duplex && before.transport == transport) && before.atNs - atNs < MOMENT_NS;
        }
    }

    private record Place(int block, int next) {}

    private Set<Place> places = Set.of(new Place(-1, 0));

    /** Takes the next one; {@code false} if nothing explains it. */
    boolean accepts(long number, List<Block> blocks) {
        Set<Place> then = new HashSet<>();
        for (Place place : places) {
            if (place.block >= 0 && place.next < blocks.get(place.block).numbers.size()) {
                if (blocks.get(place.block).numbers.get(place.next) == number) {
                    then.add(new Place(place.block, place.next + 1));
                }
            } else {
                begin(place.block, number, blocks, then);
            }
        }
        places = then;
        return !then.isEmpty();
    }

    /** What was taken of a reply that was cut off is not taken again when the server repeats that reply. */
    private static void begin(int after, long number, List<Block> blocks, Set<Place> then) {
        for (int n = 0; n < blocks.size(); n++) {
            Block block = blocks.get(n);
            int first = block.numbers.indexOf(number);
            if (first >= 0 && haveArrived(block.numbers.subList(0, first), blocks.subList(0, n))
                    && (n > after || n < after && block.mayFollow(blocks.get(after)))) {
                then.add(new Place(n, first + 1));
            }
        }
    }

    private static boolean haveArrived(List<Long> numbers, List<Block> before) {
        return numbers.stream()
                .allMatch(number -> before.stream().anyMatch(block -> block.numbers.contains(number)));
    }

    /** Whether a body may have been handed over as a whole. */
    boolean isWhole(List<Block> blocks) {
        Predicate<Place> whole = place -> place.block < 0 || place.next == blocks.get(place.block).numbers.size();
        return new ArrayList<>(places).stream().anyMatch(whole);
    }
}
