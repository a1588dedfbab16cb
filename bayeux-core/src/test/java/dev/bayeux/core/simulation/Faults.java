package dev.bayeux.core.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which faults strike, and how often they did. Each history has a choice of its own: with all of them at once little
 * would ever work, and little would be tested.
 */
final class Faults {

    private final World world;
    private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);
    private boolean over;

    Faults(World world) {
        this.world = world;
        double share = world.random.nextDouble();
        for (Fault fault : Fault.values()) {
            probabilities.put(fault,
                    world.chance(share) ? fault.most * Math.pow(world.random.nextDouble(), 2) : 0.0);
        }
    }

    boolean strikes(Fault fault) {
        boolean now = !over && world.chance(probabilities.get(fault));
        if (now) {
            injected.merge(fault, 1L, Long::sum);
            world.trace.add(world, "fault " + fault);
        }
        return now;
    }

    /** From now on all is well. */
    void end() {
        over = true;
    }

    boolean areOver() {
        return over;
    }

    Map<Fault, Long> injected() {
        return injected;
    }
}
