package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.core.CoreClientFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One history: a client, a server, a network and a program, from the first thread to the last. */
public final class Simulation {

    private final long seed;
    private final Trace trace;
    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    private final SimulatedRuntime runtime;
    private final Network network;
    private final Rules rules;
    private final Program program;
    private final BayeuxClient client;
    private final @Nullable Tokens tokens;
    private @Nullable Rules listening;

    private Simulation(long seed, int traceLines) {
        this.seed = seed;
        this.trace = new Trace(traceLines);
        this.world = new World(seed, trace);
        this.faults = new Faults(world);
        this.server = new SimulatedServer(world, faults, Dialect.of(world));
        this.runtime = new SimulatedRuntime(world);
        List<Wire> watchers = new ArrayList<>();
        this.network = new Network(world, faults, server, watchers);
        Consumer<ClientEvent> listener = event -> {
            if (listening != null) {
                listening.heard(event);
            }
        };
        this.tokens = world.random.nextInt(3) == 0 ? new Tokens(world, faults) : null;
        Stamps stamps = world.random.nextInt(4) == 0 ? new Stamps(world, faults) : null;
        if (tokens != null) {
            network.guardedBy(tokens);
            server.guarded();
        }
        ClientConfig config = new Setup(world).config(network.polling(), network.socket(), listener, tokens,
                stamps);
        trace.add(world, "client " + config);
        this.client = new CoreClientFactory(runtime).create(config);
        this.rules = new Rules(world, server, config, tokens, stamps, () -> client.state().status());
        this.listening = rules;
        watchers.addAll(rules.all());
        this.program = new Program(world, faults, server, client, config, rules, this::checkClosed);
    }

    /** Plays a history; keeps so many lines of it. */
    static Result run(long seed, int traceLines) {
        return new Simulation(seed, traceLines).run();
    }

    /** For code that loads this class with another class loader: the fault of this history, {@code null} if there is none. */
    public static @Nullable String failureOf(long seed) {
        return run(seed, 0).failure();
    }

    private Result run() {
        program.start(world.random.nextInt(1, 5));
        new Weather(world, faults, server, network, this::sleep).begin();
        runToEnd(program, "the program");
        new Finale(world, faults, server, network, program, rules, client).begin();
        runToEnd(Finale.class, "the end");
        world.runUntil(() -> false);
        checkNothingIsLeft();
        return new Result(seed, world.failure(), trace.lines(), trace.fingerprint(), faults.injected(), counts());
    }

    /** Nothing shows it at once: open connections may be dead, and sessions may have expired. */
    private void sleep() {
        if (world.random.nextBoolean()) {
            server.restart(world.random.nextBoolean());
        }
        runtime.wake(rules::connectionDoubted);
    }

    private void runToEnd(Object owner, String what) {
        world.runUntil(() -> !world.isAnyAlive(owner));
        if (world.failure() == null && world.isAnyAlive(owner)) {
            world.fail("%s does not go on: %s".formatted(what, world.alive(owner).stream()
                    .map(World.Actor::describe).collect(Collectors.joining("; "))));
        }
    }

    private void checkClosed() {
        for (World.Actor left : world.alive(runtime)) {
            long youngNs = left.startedNs + Program.MOMENT.toNanos() - world.nowNs();
            if (youngNs <= 0) {
                leftAlive(left);
            } else {
                // A publisher that begins after close() has a thread until its subscriber has received the failure.
                world.in(youngNs, () -> leftAlive(left));
            }
        }
        if (network.isInUse()) {
            world.fail("close() has returned, and a transport is open.");
        }
    }

    private void leftAlive(World.Actor left) {
        if (left.isAlive()) {
            world.fail("close() has returned, and a thread is left: " + left.describe());
        }
    }

    private void checkNothingIsLeft() {
        if (world.failure() == null) {
            rules.publishes.checkAll();
            if (rules.outbox != null) {
                rules.outbox.checkAll();
            }
            world.alive(runtime).forEach(left -> world.fail("A thread is left: " + left.describe()));
        }
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        rules.publishes.outcomes().forEach((told, count) -> counts.put("publish " + told, count));
        if (tokens != null) {
            counts.put("tokens asked for", tokens.calls());
            counts.put("tokens not given", tokens.failures());
            counts.put("refused for a token", tokens.refusals());
        }
        if (rules.outbox != null) {
            counts.put("put into the outbox", rules.outbox.counts()[0]);
            counts.put("accepted from the outbox", rules.outbox.counts()[1]);
        }
        counts.put("subscribed to publishers", (long) rules.flows.size());
        counts.put("published to subscribers", rules.flows.stream().mapToLong(FlowSubscriber::received).sum());
        counts.put("flows that have ended", rules.flows.stream().filter(FlowSubscriber::hasEnded).count());
        if (rules.stamps != null) {
            counts.put("passed an extension", rules.stamps.passed());
            counts.put("held back", rules.stamps.heldBack());
        }
        counts.put("calls", program.calls().calls());
        counts.put("steps", world.steps());
        counts.put("heartbeats", (long) rules.heartbeat.beats());
        counts.put("events of the server", server.events());
        counts.put("messages handed over", rules.deliveries.messages());
        counts.put("handed over again", rules.deliveries.duplicates());
        counts.put("sessions renewed", (long) rules.states.renewals());
        counts.put("virtual seconds", Duration.ofNanos(world.elapsedNs()).toSeconds());
        return counts;
    }
}
