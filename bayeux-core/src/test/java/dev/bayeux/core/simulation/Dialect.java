package dev.bayeux.core.simulation;

/**
 * How a server speaks: all of it is seen in the field.
 *
 * @param holdMs how long it holds a connect
 * @param intervalMs the pause that it asks for
 * @param maxIntervalMs how long it keeps a session after that
 * @param tellsMaxInterval whether it says so
 * @param tellsAlways whether every connect reply has advice, or only those to connects that have some
 * @param tellsAtHandshake whether the handshake's reply has advice
 * @param repliesFirst whether replies go before deliveries
 * @param advisesEverywhere whether replies on other channels say that a session is gone
 * @param acknowledges whether it offers acknowledged delivery
 * @param service how it answers a service: 0 reply and answer, 1 the answer alone, 2 the reply, and the answer later
 * @param replays whether it keeps the messages that it sends, and replays them to clients that ask for it
 */
record Dialect(long holdMs, long intervalMs, long maxIntervalMs, boolean tellsMaxInterval, boolean tellsAlways,
        boolean tellsAtHandshake, boolean repliesFirst, boolean advisesEverywhere, boolean acknowledges, int service,
        boolean replays) {

    private static final long[] HOLDS = {5_000, 20_000, 30_000, 110_000};
    private static final long[] INTERVALS = {0, 0, 0, 200, 2_000};

    static Dialect of(World world) {
        return new Dialect(HOLDS[world.random.nextInt(HOLDS.length)],
                INTERVALS[world.random.nextInt(INTERVALS.length)], world.random.nextLong(5_000, 60_000),
                world.random.nextBoolean(), world.random.nextBoolean(), world.random.nextInt(4) > 0,
                world.random.nextBoolean(), world.random.nextBoolean(), world.random.nextBoolean(),
                world.random.nextInt(3), false);
    }

    /** The same with a way to lose nothing: positions, with or without acknowledgement. */
    Dialect thatLosesNothing(boolean acknowledging) {
        return new Dialect(holdMs, intervalMs, maxIntervalMs, tellsMaxInterval, tellsAlways, tellsAtHandshake,
                repliesFirst, advisesEverywhere, acknowledging, service, true);
    }

    ServerAdvice advice() {
        return new ServerAdvice("retry", intervalMs, holdMs, tellsMaxInterval ? maxIntervalMs : null);
    }
}
