package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Observation;
import dev.bayeux.core.CoreClientFactory;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A history with scripted steps, in a world without random faults: for cases that chance rarely produces. */
final class Scene implements Wire {

    /** Holds connects for half a minute, and wants no pause between them. */
    static final Dialect PLAIN = new Dialect(30_000, 0, 60_000, false, true, true, false, false, false, 0, false);

    /** What the program does. */
    @FunctionalInterface
    interface Play {

        void play(Scene scene) throws InterruptedException;
    }

    final World world;
    final SimulatedServer server;
    final Network network;
    final BayeuxClient client;
    private final List<ClientMessage> sent = new ArrayList<>();
    private final Map<String, Deque<Runnable>> afterwards = new HashMap<>();
    private @Nullable AssertionError failed;

    private Scene(long seed, Dialect dialect, boolean socket, UnaryOperator<ClientBuilder> settings) {
        world = new World(seed, new Trace(0));
        Faults faults = new Faults(world);
        faults.end();
        server = new SimulatedServer(world, faults, dialect);
        network = new Network(world, faults, server, List.of(this));
        client = new CoreClientFactory(new SimulatedRuntime(world)).create(settings.apply(BayeuxClient
                .builder(URI.create("http://place.example/bayeux")).name("scene").onEvent(event -> {})
                .transports(socket ? network.socket() : network.polling())
                .observation(Observation.DEFAULT.withLast(0, 0))).config());
    }

    /** Plays it, and closes the client. */
    static void play(Dialect dialect, UnaryOperator<ClientBuilder> settings, Play play) {
        play(1, dialect, settings, play);
    }

    /** The same with other threads continuing first, and other delays of the network. */
    static void play(long seed, Dialect dialect, UnaryOperator<ClientBuilder> settings, Play play) {
        new Scene(seed, dialect, false, settings).play(play);
    }

    /** The same over a WebSocket. */
    static void playOverSocket(Dialect dialect, UnaryOperator<ClientBuilder> settings, Play play) {
        new Scene(1, dialect, true, settings).play(play);
    }

    private void play(Play play) {
        aside("program", () -> {
            play.play(this);
            client.close();
        });
        world.runUntil(() -> !world.isAnyAlive(Scene.class));
        if (failed != null) {
            throw failed;
        }
        assertNull(world.failure());
    }

    /** Something of the program that may fail. */
    @FunctionalInterface
    interface Part {

        void run() throws InterruptedException;
    }

    /** Something that the program does at the same time. */
    void aside(String name, Part part) {
        world.start(name, Scene.class, () -> {
            try {
                part.run();
            } catch (AssertionError wrong) {
                failed = wrong;
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
    }

    void sleep(long ms) throws InterruptedException {
        world.sleep(ms * 1_000_000);
    }

    /** The time of the day. */
    Instant now() {
        return Instant.EPOCH.plusNanos(world.nowNs());
    }

    /** How many messages were sent on a channel. */
    long count(String channel) {
        return sent(channel).size();
    }

    /** The messages that were sent on a channel, in their order. */
    List<ClientMessage> sent(String channel) {
        return sent.stream().filter(message -> message.is(channel)).toList();
    }

    /** Does something right after the next message on a channel has left; what was said first is done last. */
    void onSent(String channel, Runnable then) {
        afterwards.computeIfAbsent(channel, any -> new ArrayDeque<>()).push(then);
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        sent.addAll(messages);
        messages.forEach(message -> {
            Deque<Runnable> then = afterwards.remove(message.channel());
            if (then != null) {
                aside("afterwards", () -> then.forEach(Runnable::run));
            }
        });
    }
}
