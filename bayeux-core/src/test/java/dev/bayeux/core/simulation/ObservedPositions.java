package dev.bayeux.core.simulation;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that sees to it that nothing is saved which was not handled, and that no position goes back, unless the
 * server goes back: its numbers are opaque. */
final class ObservedPositions implements PositionStore {

    private final World world;
    private final SimulatedServer server;
    private final Set<Long> handled;
    private final Set<Long> again;
    private final Map<String, Long> saved = new HashMap<>();
    private final Map<String, Long> saves = new HashMap<>();
    private PositionStore store;
    private @Nullable SharedPositions shared;

    ObservedPositions(World world, SimulatedServer server, Set<Long> handled, Set<Long> again,
            PositionStore store) {
        this.world = world;
        this.server = server;
        this.handled = handled;
        this.again = again;
        this.store = store;
    }

    /** From now on these subscribers share positions. */
    void sharedBy(SharedPositions sharing) {
        shared = sharing;
    }

    /** {@return the last position of a channel} */
    long saved(String channel) {
        return saved.getOrDefault(channel, 0L);
    }

    /** {@return how often a position of a channel was saved} */
    long saves(String channel) {
        return saves.getOrDefault(channel, 0L);
    }

    /** Another process opens what was left. */
    void reopen(PositionStore another) {
        store = another;
    }

    @Override
    public Optional<Position> load(String channel) {
        Optional<Position> position = store.load(channel);
        long known = position.map(Position::replayId).map(Long::valueOf).orElse(0L);
        if (known != saved.getOrDefault(channel, 0L)) {
            world.fail("The store of %s has %d, and %d was saved.".formatted(channel, known, saved.get(channel)));
        }
        return position;
    }

    @Override
    public void save(String channel, Position position) {
        long number = Long.parseLong(position.replayId());
        world.trace.add(world, "saved %s %d".formatted(channel, number));
        if (number < saved.getOrDefault(channel, 0L) && !again.contains(number)) {
            world.fail("The position of %s goes back from %d to %d.".formatted(channel, saved.get(channel), number));
        }
        List<Long> missing = server.numbersOn(channel).stream()
                .filter(each -> each <= number && !handled.contains(each)).toList();
        if (!missing.isEmpty()) {
            world.fail("The position of %s is saved as %d, and %s were not handled.".formatted(channel, number,
                    missing));
        }
        SharedPositions sharing = shared;
        if (sharing != null) {
            sharing.saving(channel, number);
        }
        store.save(channel, position);
        saves.merge(channel, 1L, Long::sum);
        saved.put(channel, number);
    }

    @Override
    public void remove(String channel) {
        throw new UnsupportedOperationException("the client never forgets a position");
    }

    @Override
    public void close() {
        store.close();
    }
}
