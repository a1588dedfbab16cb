package dev.bayeux.core.simulation;

/** What happens by itself until the faults are over: events on channels, and what befalls the server. */
final class Weather {

    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    private final Network network;
    private final Runnable sleep;
    private final long pauseMs;

    Weather(World world, Faults faults, SimulatedServer server, Network network, Runnable sleep) {
        this.world = world;
        this.faults = faults;
        this.server = server;
        this.network = network;
        this.sleep = sleep;
        this.pauseMs = world.random.nextLong(200, 10_000);
    }

    void begin() {
        world.in(world.between(0, pauseMs), this::event);
        world.in(world.between(0, 60_000), this::accident);
    }

    private void event() {
        if (!faults.areOver()) {
            for (int n = world.random.nextInt(3); n >= 0; n--) {
                server.event(SimulatedServer.CHANNELS.get(world.random.nextInt(SimulatedServer.CHANNELS.size())));
            }
            world.in(world.between(0, pauseMs), this::event);
        }
    }

    private void accident() {
        if (!faults.areOver()) {
            // The faults are rare by the request; this comes once in a while.
            for (int n = 0; n < 10; n++) {
                if (faults.strikes(Fault.RESTART)) {
                    restart(true);
                } else if (faults.strikes(Fault.RESTART_WITHOUT_STATE)) {
                    restart(false);
                } else if (faults.strikes(Fault.PLACE_DEAF)) {
                    network.goDeaf(world.between(0, 60_000));
                } else if (faults.strikes(Fault.SLEEP)) {
                    sleep.run();
                }
            }
            world.in(world.between(0, 60_000), this::accident);
        }
    }

    private void restart(boolean withState) {
        server.restart(withState);
        network.breakAll(world.random.nextBoolean() ? 0 : world.between(0, 20_000));
    }
}
