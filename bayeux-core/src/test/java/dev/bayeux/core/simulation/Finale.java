package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The faults are over, and everything must become well: the client connects, is ready, and what is sent in either
 * direction arrives. Then it is closed, and nothing of it is left.
 */
final class Finale {

    /** The longest backoff, the longest hold and the slowest reply, one after the other. */
    private static final Duration RECOVERY = Duration.ofMinutes(4);
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    private final Network network;
    private final Program program;
    private final Rules rules;
    private final BayeuxClient client;

    Finale(World world, Faults faults, SimulatedServer server, Network network,
            Program program, Rules rules, BayeuxClient client) {
        this.world = world;
        this.faults = faults;
        this.server = server;
        this.network = network;
        this.program = program;
        this.rules = rules;
        this.client = client;
    }

    void begin() {
        world.start("finale", Finale.class, () -> {
            try {
                play();
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
    }

    private void play() throws InterruptedException {
        faults.end();
        network.breakAll(0);
        world.trace.add(world, "all is well from now on");
        if (!program.isClosed()) {
            recover();
            work();
        }
        if (world.random.nextInt(3) == 0) {
            program.subscriber().fallAsleep();
            SimulatedServer.CHANNELS.forEach(server::event);
            world.sleep(world.between(0, 5_000));
        } else {
            world.sleep(QUIET.toNanos());
        }
        program.close();
    }

    /** By itself where that can be expected: a server may have asked to be left alone for a week. */
    private void recover() throws InterruptedException {
        client.resume();
        if (faults.injected().containsKey(Fault.LYING_ADVICE) || world.random.nextBoolean()) {
            program.reconnect();
        } else {
            // A session that the server has forgotten looks well until the next connect.
            world.sleep(QUIET.toNanos());
            if (client.state().isDisconnected()) {
                program.connect();
            }
        }
        boolean connected = client.awaitState(state -> state.isConnected(), RECOVERY).isPresent();
        program.subscriber().closeRejected();
        if (!connected || !client.awaitReady(RECOVERY)) {
            world.fail("The client does not recover: " + client.state());
        }
    }

    /** What the outbox has queued leaves first: that may take as long as a publish may wait. */
    private boolean canPublish() throws InterruptedException {
        boolean published = program.publisher().publish();
        if (!published && rules.outbox != null) {
            world.sleep(QUIET.toNanos());
            published = program.publisher().publish();
        }
        return published;
    }

    private void work() throws InterruptedException {
        if (!canPublish()) {
            world.fail("Nothing can be published, and all is well.");
        }
        program.subscriber().closeOne();
        program.subscriber().drain();
        List<Long> last = new ArrayList<>();
        for (String channel : SimulatedServer.CHANNELS) {
            last.add(server.event(channel));
        }
        for (int n = 0; n < 20; n++) {
            // Messages that no thread takes can keep the client from asking for more.
            world.sleep(QUIET.toNanos() / 10);
            program.subscriber().drain();
        }
        List<Listening> all = new ArrayList<>(rules.listenings);
        rules.flows.forEach(flow -> all.add(flow.listening));
        for (Listening listening : all) {
            for (int n = 0; n < last.size() && listening.isActive() && !listening.narrow; n++) {
                if (listening.matches(SimulatedServer.CHANNELS.get(n)) && !listening.received.contains(last.get(n))) {
                    world.fail("%s does not get number %d, and all is well.".formatted(listening, last.get(n)));
                }
            }
        }
        rules.checkQuiet(server);
        rules.checkSubscriptions(server);
    }
}
