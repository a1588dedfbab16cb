package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Backoff;
import dev.bayeux.api.Message;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.CoreClientFactory;
import dev.bayeux.core.simulation.SharedPositions.Sharer;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Another kind of history: a program that is killed in the middle of anything, and starts again. With positions in a file
 * and a server that replays, each message is handled at least once. Several subscribers share the position of a channel, and
 * all but the first come and go.
 */
public final class KilledClients {

    private static final List<String> CHANNELS = List.of("/news/a", "/chat");
    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final Duration FOREVER = Duration.ofDays(1);

    private final long seed;
    private final Trace trace;
    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    /** The rules of the present process. */
    private final List<Wire> watchers = new ArrayList<>();
    private final Network network;
    private final Set<Long> handled = new HashSet<>();
    private final Set<Long> again = new HashSet<>();
    private final Path file;
    private final ObservedPositions positions;
    private long handlings;
    private long kills;

    private KilledClients(long seed, int traceLines, Path file) {
        this.seed = seed;
        this.trace = new Trace(traceLines);
        this.world = new World(seed, trace);
        this.faults = new Faults(world);
        this.server = new SimulatedServer(world, faults,
                Dialect.of(world).thatLosesNothing(world.random.nextBoolean()));
        this.network = new Network(world, faults, server, watchers);
        this.file = file;
        this.positions = new ObservedPositions(world, server, handled, again, PositionStore.ofFile(file));
    }

    static Result run(long seed, int traceLines) {
        try {
            Path folder = Files.createTempDirectory("positions");
            Path file = folder.resolve("store");
            try {
                return new KilledClients(seed, traceLines, file).run();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder.resolve("store.lock"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For code that loads this class with another class loader: the fault of this history, {@code null} if there is none. */
    public static @Nullable String failureOf(long seed) {
        return run(seed, 0).failure();
    }

    private Result run() {
        new Weather(world, faults, server, network, () -> server.restart(false)).begin();
        world.start("killer", this, () -> {
            try {
                killAndStart();
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
        world.runUntil(() -> !world.isAnyAlive(this));
        positions.close();
        Map<String, Long> counts = new TreeMap<>(Map.of("clients killed", kills, "handled for good",
                (long) handled.size(), "handled again", handlings - handled.size()));
        return new Result(seed, world.failure(), trace.lines(), trace.fingerprint(), faults.injected(), counts);
    }

    private void killAndStart() throws InterruptedException {
        for (int n = world.random.nextInt(1, 5); n > 0; n--) {
            Life life = new Life();
            life.start();
            world.sleep(world.between(0, 60_000));
            life.kill();
        }
        Life last = new Life();
        last.start();
        world.sleep(world.between(0, 60_000));
        faults.end();
        network.breakAll(0);
        last.finish();
        checkAll();
    }

    private void checkAll() {
        for (String channel : CHANNELS) {
            List<Long> missing = server.numbersOn(channel).stream().filter(each -> !handled.contains(each)).toList();
            if (!missing.isEmpty()) {
                world.fail("%s of %s were never handled.".formatted(missing, channel));
            }
        }
    }

    /** One process. */
    private final class Life {

        private final SimulatedRuntime runtime = new SimulatedRuntime(world);
        private final BayeuxClient client = new CoreClientFactory(runtime)
                .create(new Setup(world).durable(network.polling(), network.socket(), positions));
        private final SharedPositions shared = new SharedPositions(world, server, positions);
        private int subscriptions;

        void start() {
            trace.add(world, "a client starts");
            positions.sharedBy(shared);
            watchers.clear();
            watchers.add(shared);
            world.start("life", this, () -> {
                try {
                    for (String channel : CHANNELS) {
                        insistOn(channel);
                        for (int n = world.random.nextInt(3); n > 0; n--) {
                            world.start("sharer", this, () -> share(channel));
                        }
                    }
                    world.sleep(FOREVER.toNanos());
                } catch (InterruptedException ended) {
                    trace.add(world, "the program ends");
                }
            });
        }

        private void insistOn(String channel) throws InterruptedException {
            boolean subscribed = false;
            while (!subscribed) {
                Sharer first = shared.begin(channel);
                subscribed = subscribe(first, message -> handleFirst(first, message)) != null;
            }
            subscriptions++;
        }

        /** One more subscriber, which comes and goes. */
        private void share(String channel) {
            try {
                for (int n = world.random.nextInt(4); n >= 0; n--) {
                    world.sleep(world.between(0, 10_000));
                    Sharer sharer = shared.begin(channel);
                    Subscription subscription = subscribe(sharer, message -> handle(sharer, message));
                    world.sleep(world.between(0, 60_000));
                    if (subscription != null && world.random.nextBoolean()) {
                        shared.closing(sharer);
                        subscription.close();
                    }
                }
            } catch (InterruptedException ended) {
                trace.add(world, "the program ends");
            }
        }

        private @Nullable Subscription subscribe(Sharer sharer, MessageHandler<JsonValue> handler)
                throws InterruptedException {
            try {
                client.connect();
                Subscription subscription = client.subscription(sharer.channel).fromStoredOr(Position.EARLIEST)
                        .onHandlerFailure(OnHandlerFailure.retry(Backoff.DEFAULT)).start(handler);
                shared.subscribed(sharer);
                return subscription;
            } catch (BayeuxException failed) {
                shared.failed(sharer);
                trace.add(world, "not subscribed: " + Trace.brief(failed));
                world.sleep(world.between(100, 5_000));
                return null;
            }
        }

        private void handleFirst(Sharer first, Message<JsonValue> message) throws InterruptedException {
            handle(first, message);
            long number = number(message);
            handlings++;
            if (!handled.add(number)) {
                again.add(number);
            }
            world.pause();
        }

        private static long number(Message<JsonValue> message) {
            return message.data().asJsonObject().getInt("n");
        }

        private void handle(Sharer by, Message<JsonValue> message) throws InterruptedException {
            shared.takes(by);
            long number = number(message);
            if (faults.strikes(Fault.SLOW_HANDLER)) {
                world.sleep(world.between(0, 20_000));
            }
            if (faults.strikes(Fault.THROWING_HANDLER)) {
                throw new IllegalStateException("a handler that throws");
            }
            world.pause();
            shared.handled(by, number);
            trace.add(world, "handled %d".formatted(number));
            world.pause();
        }

        void kill() {
            trace.add(world, "kill -9");
            kills++;
            shared.end();
            world.freeze(runtime);
            world.freeze(this);
            network.forgetAll();
            server.clientBegins();
            // What is open belongs to the process; here it has to be closed so that it can be opened again.
            positions.close();
            positions.reopen(PositionStore.ofFile(file));
        }

        void finish() throws InterruptedException {
            world.sleep(QUIET.toNanos());
            for (int n = 0; n < 3 && !client.state().isConnected(); n++) {
                reconnect();
            }
            reconnect();
            world.sleep(QUIET.toNanos());
            if (subscriptions < CHANNELS.size()) {
                world.fail("It cannot subscribe, and all is well.");
            }
            shared.checkAll();
            shared.end();
            world.freeze(this);
            client.close();
        }

        private void reconnect() throws InterruptedException {
            try {
                client.reconnect();
            } catch (BayeuxException failed) {
                trace.add(world, "not connected: " + Trace.brief(failed));
            }
        }
    }
}
