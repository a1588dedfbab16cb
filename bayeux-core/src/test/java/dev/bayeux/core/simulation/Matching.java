package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /**
     * What arrived together, as far as one subscription is concerned. {@code inParts}: what a subscription gets first may
     * stand in the middle.
     */
    record Block(Object transport, boolean duplex, long atNs, List<Long> numbers, boolean inParts) {

        /** Frames of one socket keep their order. */
        private boolean mayFollow(Block before) {
            return !(before.duplex && before.transport == transport) && before.atNs - atNs < MOMENT_NS;
        }
    }

    private record Place(int block, int next) {}

    private Set<Place> places = Set.of(new Place(-1, 0));
    private final Map<Long, Integer> firstBlocks = new HashMap<>();
    /** How many blocks {@link #firstBlocks} knows. */
    private int noted;

    /** Takes the next one; {@code false} if nothing explains it. */
    boolean accepts(long number, List<Block> blocks) {
        note(blocks);
        List<Place> beginnings = beginnings(number, blocks);
        Set<Place> then = new HashSet<>();
        for (Place place : places) {
            if (place.block >= 0 && place.next < blocks.get(place.block).numbers.size()) {
                if (blocks.get(place.block).numbers.get(place.next) == number) {
                    then.add(new Place(place.block, place.next + 1));
                }
            } else {
                int after = place.block;
                beginnings.stream().filter(each -> mayFollow(each.block, after, blocks)).forEach(then::add);
                if (after < 0) {
                    middles(number, blocks, then);
                }
            }
        }
        places = then;
        return !then.isEmpty();
    }

    /** What was taken of a reply that was cut off is not taken again when the server repeats that reply. */
    private List<Place> beginnings(long number, List<Block> blocks) {
        List<Place> all = new ArrayList<>();
        for (int n = 0; n < blocks.size(); n++) {
            int block = n;
            List<Long> numbers = blocks.get(n).numbers;
            int first = numbers.indexOf(number);
            if (first >= 0 && numbers.subList(0, first).stream().allMatch(each -> firstBlocks.get(each) < block)) {
                all.add(new Place(n, first + 1));
            }
        }
        return all;
    }

    private static void middles(long number, List<Block> blocks, Set<Place> then) {
        for (int n = 0; n < blocks.size(); n++) {
            int index = blocks.get(n).inParts ? blocks.get(n).numbers.indexOf(number) : -1;
            if (index >= 0) {
                then.add(new Place(n, index + 1));
            }
        }
    }

    private static boolean mayFollow(int block, int after, List<Block> blocks) {
        return block > after || block < after && blocks.get(block).mayFollow(blocks.get(after));
    }

    /** Notes where each number has arrived first. */
    private void note(List<Block> blocks) {
        for (; noted < blocks.size(); noted++) {
            for (Long number : blocks.get(noted).numbers) {
                firstBlocks.putIfAbsent(number, noted);
            }
        }
    }

    /** Whether a body may have been handed over as a whole. */
    boolean isWhole(List<Block> blocks) {
        Predicate<Place> whole = place -> place.block < 0 || place.next == blocks.get(place.block).numbers.size();
        return new ArrayList<>(places).stream().anyMatch(whole);
    }
}
