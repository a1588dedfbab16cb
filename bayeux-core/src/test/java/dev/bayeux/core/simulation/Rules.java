package dev.bayeux.core.simulation;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.OnServerDisconnect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rules for one client, watching. */
final class Rules {

    final List<Listening> listenings = new ArrayList<>();
    final List<FlowSubscriber> flows = new ArrayList<>();
    /** How long the end of the client may take. */
    final long closeNs;
    /** The program has begun to close the client. */
    boolean closing;
    final RequestRule requests;
    final NextRequestRule heartbeat;
    final StormRule storm;
    final StateRule states;
    final RestoreRule restored;
    final PublishRule publishes;
    final PromptnessRule promptness;
    final DeliveryRule deliveries;
    final AckRule acknowledgements;

    final @Nullable OutboxRule outbox;
    final @Nullable Stamps stamps;

    private final World world;
    private final @Nullable Tokens tokens;
    private final Supplier<ConnectionStatus> status;

    Rules(World world, SimulatedServer server, ClientConfig config, @Nullable Tokens tokens, @Nullable Stamps stamps,
            Supplier<ConnectionStatus> status) {
        this.world = world;
        this.tokens = tokens;
        this.stamps = stamps;
        this.status = status;
        closeNs = config.timeouts().close().toNanos();
        requests = new RequestRule(world, config.limits().maxRequestBytes());
        heartbeat = new NextRequestRule(world, config.backoff(),
                config.onServerDisconnect() == OnServerDisconnect.RECONNECT, config.endpoints().size(), status);
        storm = new StormRule(world, config.backoff());
        states = new StateRule(world, config.timeouts().close());
        restored = new RestoreRule(world, requests::session, listenings);
        publishes = new PublishRule(world, server);
        promptness = new PromptnessRule(world, publishes, config);
        outbox = config.outbox().map(limits -> new OutboxRule(world, server, config, limits, promptness)).orElse(null);
        if (stamps != null) {
            stamps.whenHeldBack(number -> {
                if (outbox != null) {
                    outbox.heldBack(number);
                }
            }, restored::heldBack);
        }
        BooleanSupplier mayRefuse = () -> config.acknowledge() && server.dialect().acknowledges()
                && Stream.concat(listenings.stream(), flows.stream().map(flow -> flow.listening))
                        .anyMatch(Listening::pauses);
        deliveries = new DeliveryRule(world, requests::session, mayRefuse);
        acknowledgements = new AckRule(world, mayRefuse);
        world.check(() -> {
            ConnectionStatus now = status.get();
            heartbeat.interventions().shown(now);
            states.shown(now);
            restored.shown(now);
            promptness.shown(now);
            flows.forEach(flow -> flow.shown(now));
        });
    }

    /** {@return what the client shows now} */
    ConnectionStatus status() {
        return status.get();
    }

    List<Wire> all() {
        List<Wire> all = new ArrayList<>(List.of(requests, heartbeat, storm, states, restored, publishes, promptness,
                deliveries, acknowledgements));
        if (outbox != null) {
            all.add(outbox);
        }
        if (stamps != null) {
            all.add(stamps);
        }
        return all;
    }

    void heard(ClientEvent event) {
        states.heard(event);
        restored.heard(event);
        promptness.heard(event);
        flows.forEach(flow -> flow.heard(event));
        if (tokens != null) {
            tokens.heard(event);
        }
    }

    /** The program begins to connect or disconnect ({@code 1}), or has ended to ({@code -1}). */
    void programIntervenes(int more, boolean connecting) {
        heartbeat.interventions().byProgram(more, connecting, world.nowNs());
        storm.programIntervenes();
        promptness.intervened();
        tokenNotNeeded();
    }

    private void tokenNotNeeded() {
        if (tokens != null) {
            tokens.intervened();
        }
    }

    /** The program reports that the connection may be dead, or suspends the client: waits may end. */
    void connectionDoubted() {
        heartbeat.interventions().doubted(world.nowNs());
        acknowledgements.connectionDoubted();
        deliveries.connectionDoubted();
        promptness.intervened();
        storm.programIntervenes();
        tokenNotNeeded();
    }

    /** The server knows what the program wants, and nothing else. */
    void checkSubscriptions(SimulatedServer server) {
        Set<String> wanted = new TreeSet<>();
        listenings.stream().filter(Listening::isActive).forEach(listening -> wanted.addAll(listening.channels));
        flows.stream().filter(FlowSubscriber::isGoingOn).forEach(flow -> wanted.addAll(flow.listening.channels));
        wanted.removeIf(channel -> channel.startsWith("/service/"));
        Set<String> known = server.subscriptionsOf(requests.session());
        Set<String> others = new TreeSet<>(known);
        others.removeAll(wanted);
        others.removeAll(server.lateSubscriptionsOf(requests.session()));
        others.removeIf(restored::isGivenUp);
        if (!known.containsAll(wanted) || !others.isEmpty()) {
            world.fail("The server has subscriptions to %s, and the program wants %s.".formatted(known, wanted));
        }
    }

    /** To be called when nothing is on its way any more. */
    void checkQuiet(SimulatedServer server) {
        List<Listening> all = new ArrayList<>(listenings);
        flows.stream().filter(FlowSubscriber::isGoingOn).forEach(flow -> all.add(flow.listening));
        for (Listening listening : all) {
            deliveries.checkComplete(listening);
            deliveries.checkAcknowledged(listening,
                    server.acknowledgedSince(requests.session(), listening.activeSince));
        }
    }
}
