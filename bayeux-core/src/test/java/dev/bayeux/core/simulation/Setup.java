package dev.bayeux.core.simulation;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Observation;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.api.position.PositionStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The settings of a client, by lot. */
final class Setup {

    private final World world;

    Setup(World world) {
        this.world = world;
    }

    /** A client that loses nothing. */
    ClientConfig durable(TransportProvider polling, TransportProvider socket, PositionStore store) {
        return config(polling, socket, event -> {}, true, store, null, null);
    }

    ClientConfig config(TransportProvider polling, TransportProvider socket, Consumer<ClientEvent> listener,
            @Nullable Tokens tokens, @Nullable Stamps stamps) {
        return config(polling, socket, listener, world.random.nextInt(4) > 0, null, tokens, stamps);
    }

    private ClientConfig config(TransportProvider polling, TransportProvider socket, Consumer<ClientEvent> listener,
            boolean acknowledge, @Nullable PositionStore store, @Nullable Tokens tokens,
            @Nullable Stamps stamps) {
        List<TransportProvider> transports = switch (world.random.nextInt(5)) {
            case 0 -> List.of(socket);
            case 1 -> List.of(socket, polling);
            case 2 -> List.of(polling, socket);
            default -> List.of(polling);
        };
        OnServerDisconnect onServerDisconnect = world.random.nextBoolean()
                ? OnServerDisconnect.STOP
                : OnServerDisconnect.RECONNECT;
        List<Endpoint> endpoints = endpoints();
        ClientBuilder settings = BayeuxClient
                .builder(endpoints.getFirst(), endpoints.subList(1, endpoints.size()).toArray(Endpoint[]::new))
                .name("sim")
                .transports(transports.getFirst(),
                        transports.subList(1, transports.size()).toArray(TransportProvider[]::new))
                .channelRules(ChannelRules.STRICT)
                .onServerDisconnect(onServerDisconnect).timeouts(timeouts()).limits(limits()).backoff(backoff())
                .acknowledge(acknowledge).observation(Observation.DEFAULT.withLast(0, 0)).onEvent(listener);
        if (store == null && world.random.nextInt(3) == 0) {
            settings.outbox(outbox());
        }
        if (stamps != null) {
            settings.addExtension(stamps);
        }
        if (tokens != null) {
            settings.credentials(tokens);
        }
        return (store == null ? settings : settings.replay(store)).config();
    }

    /** The server in one place, or in several. */
    private List<Endpoint> endpoints() {
        int count = Math.max(1, world.random.nextInt(-2, 4));
        return IntStream.range(0, count)
                .mapToObj(n -> Endpoint.of(URI.create("http://place%d.example/bayeux".formatted(n)))).toList();
    }

    private Timeouts timeouts() {
        return Timeouts.DEFAULT.withReply(seconds(2, 12)).withSend(seconds(2, 12)).withConnectCall(seconds(10, 31))
                .withClose(seconds(1, 6)).withPause(seconds(1, 4));
    }

    private Duration seconds(int least, int below) {
        return Duration.ofSeconds(world.random.nextInt(least, below));
    }

    private Limits limits() {
        Limits limits = Limits.DEFAULT;
        if (world.random.nextInt(4) == 0) {
            limits = limits.withMaxRequestBytes(world.random.nextInt(200, 2_000));
        }
        return world.random.nextInt(6) == 0 ? limits.withMaxQueuedMessages(world.random.nextInt(2, 10)) : limits;
    }

    private OutboxLimits outbox() {
        OutboxLimits limits = OutboxLimits.DEFAULT.withDeadline(seconds(5, 120));
        if (world.random.nextInt(3) == 0) {
            limits = limits.withMaxAttempts(world.random.nextInt(1, 4));
        }
        return world.random.nextInt(4) == 0 ? limits.withMaxMessages(world.random.nextInt(1, 6)) : limits;
    }

    private Backoff backoff() {
        return Backoff.of(Duration.ofMillis(world.random.nextInt(200, 1_500)), seconds(5, 31));
    }
}
