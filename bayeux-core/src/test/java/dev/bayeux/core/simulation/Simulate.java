package dev.bayeux.core.simulation;

import dev.bayeux.core.delivery.WatchedLog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Plays histories that were never played before, for as long as one likes; or one again. */
public final class Simulate {

    private static final int LINES = 1_000;

    private Simulate() {
    }

    /** How many minutes, and the seed of one history or anything else. Ends with 1 if something was wrong. */
    public static void main(String[] arguments) {
        WatchedLog log = new WatchedLog("dev.bayeux.client");
        boolean well = arguments[1].matches("-?[0-9]+")
                ? replay(Long.parseLong(arguments[1]), System.out)
                : play(Duration.ofMinutes(Long.parseLong(arguments[0])), System.out);
        log.close();
        if (!well) {
            System.exit(1);
        }
    }

    private static boolean replay(long seed, PrintStream out) {
        boolean well = true;
        // Runs both kinds, since the number does not say which it was.
        for (Result result : List.of(Simulation.run(seed, LINES), KilledClients.run(seed, LINES))) {
            if (result.failure() != null) {
                out.println(result.report());
                well = false;
            }
        }
        out.println(well ? "Nothing is wrong." : "");
        return well;
    }

    private static boolean play(Duration time, PrintStream out) {
        Tally tally = new Tally();
        long first = System.currentTimeMillis() * 1_000;
        long beginNs = System.nanoTime();
        boolean well = true;
        for (long seed = first; well && System.nanoTime() - beginNs < time.toNanos(); seed++) {
            Result result = seed % 4 == 0 ? KilledClients.run(seed, 0) : Simulation.run(seed, 0);
            tally.add(result);
            if (result.failure() != null) {
                well = replay(seed, out);
            }
        }
        out.print(tally);
        return well;
    }
}
