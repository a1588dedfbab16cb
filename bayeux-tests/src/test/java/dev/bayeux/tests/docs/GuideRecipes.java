package dev.bayeux.tests.docs;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Message;
import dev.bayeux.api.Observation;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What docs/recipes.md and docs/seeing-inside.md show, compiled. */
abstract class GuideRecipes {

    private static final Logger log = System.getLogger("shop");

    public record Line(String user, String text) {}

    @JsonbTypeInfo(key = "kind", value = {
            @JsonbSubtype(alias = "placed", type = Placed.class),
            @JsonbSubtype(alias = "cancelled", type = Cancelled.class)})
    public sealed interface OrderEvent {
    }

    public record Placed(long number, Instant at, List<String> items) implements OrderEvent {}

    public record Cancelled(long number, String reason) implements OrderEvent {}

    public record Question(String symbol) {}

    public record Quote(String symbol, long amount) {}

    public record Payload(String orderNumber, @Nullable String state) {}

    public record PlatformEvent(String schema, Payload payload) {}

    interface Tokens {
        String fresh();
    }

    abstract void book(Payload order);

    abstract void ship(Placed order);

    abstract void stop(Cancelled order);

    abstract void show(Object anything);

    void chat(URI uri, Iterable<String> typed) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(uri)) {
            client.subscribe("/chat/demo", Line.class,
                    message -> System.out.println(message.data().user() + ": " + message.data().text()));
            for (String text : typed) {
                client.publish("/chat/demo", new Line("ann", text));
            }
        }
    }

    void typed(BayeuxClient client) throws InterruptedException {
        client.subscribe("/orders", OrderEvent.class, message -> {
            switch (message.data()) {
                case Placed placed -> ship(placed);
                case Cancelled cancelled -> stop(cancelled);
            }
        });
    }

    void tokens(BayeuxClient client) throws InterruptedException {
        var pages = client.subscription("/pages").as(new TypeToken<List<Placed>>() {
        }).start();
        for (Placed order : pages.take().data()) {
            ship(order);
        }
    }

    BayeuxClient binding(URI uri) throws InterruptedException {
        JsonbConfig config = new JsonbConfig()
                .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);
        return BayeuxClient.builder(uri).jsonb(JsonbBuilder.create(config)).connect();
    }

    BayeuxClient unbound(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).onEvent(event -> {
            if (event instanceof ClientEvent.HandlerFailed failed
                    && failed.cause() instanceof PayloadException unreadable) {
                log.log(Logger.Level.WARNING, "{0} {1}: {2}", unreadable.channel(), unreadable.replayId(),
                        unreadable.text());
            }
        }).connect();
    }

    void salesforce(URI instance, Tokens tokens, CountDownLatch untilTold) throws InterruptedException {
        URI uri = instance.resolve("/cometd/62.0");
        try (PositionStore positions = PositionStore.ofFile(Path.of("/var/lib/orders/positions"));
                BayeuxClient client = BayeuxClient.builder(uri)
                        .credentials(refused -> Credentials.bearer(tokens.fresh()))
                        .replay(positions)
                        .onInvalidPosition(OnInvalidPosition.EARLIEST)
                        .onServerDisconnect(OnServerDisconnect.RECONNECT)
                        .connect()) {
            client.subscription("/event/Order__e")
                    .as(PlatformEvent.class)
                    .fromStoredOr(Position.EARLIEST)
                    .onHandlerFailure(OnHandlerFailure.retry(Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1))))
                    .start(message -> book(message.data().payload()));
            untilTold.await();
        }
    }

    Quote call(BayeuxClient client) throws InterruptedException {
        try {
            return client.call("/service/quote", new Question("EU"), TypeToken.of(Quote.class), Duration.ofSeconds(2));
        } catch (PublishException failed) {
            throw new IllegalStateException("No quote: " + failed.outcome(), failed);
        }
    }

    List<Quote> callMany(BayeuxClient client, List<String> symbols) {
        List<CompletableFuture<Quote>> asked = symbols.stream()
                .map(symbol -> client.async().call("/service/quote", new Question(symbol), Quote.class))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    void flow(BayeuxClient client, Flow.Subscriber<? super Message<Quote>> subscriber) {
        client.subscription("/quotes/*")
                .as(Quote.class)
                .queue(100, Overflow.PAUSE)
                .publisher()
                .subscribe(subscriber);
    }

    List<BayeuxClient> many(URI uri, List<Tokens> users) throws InterruptedException {
        List<BayeuxClient> clients = new ArrayList<>();
        for (Tokens user : users) {
            BayeuxClient client = BayeuxClient.builder(uri)
                    .name("user-" + clients.size())
                    .credentials(refused -> Credentials.bearer(user.fresh()))
                    .build();
            client.async().connect().whenComplete((connected, failed) -> show(client.state()));
            clients.add(client);
        }
        return clients;
    }

    BayeuxClient micrometer(URI uri, MeterRegistry registry) throws InterruptedException {
        return BayeuxClient.builder(uri)
                .observation(Observation.DEFAULT.withMetrics(new MicrometerMetrics(registry)))
                .connect();
    }

    BayeuxClient more(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).observation(Observation.DEFAULT.withLast(100, 200_000)).connect();
    }
}
