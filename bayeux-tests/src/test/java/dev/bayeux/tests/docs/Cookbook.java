package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** What docs/recipes.md shows, compiled; {@link CookbookTest} runs it. */
public final class Cookbook {

    private Cookbook() {
    }

    public record Line(String user, String text) {}

    static void chat(BayeuxClient client, String room, String user, BufferedReader keyboard)
            throws IOException, InterruptedException {
        String channel = "/chat/" + room;
        client.subscribe(channel, Line.class, message -> {
            Line line = message.data();
            System.out.println(line.user() + ": " + line.text());
        });
        client.publish(channel, new Line(user, "has joined"));
        for (String text = keyboard.readLine(); text != null; text = keyboard.readLine()) {
            client.publish(channel, new Line(user, text));
        }
        client.publish(channel, new Line(user, "has left"));
    }

    static void chatAtTheTerminal(URI uri, String user) throws IOException, InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(uri)) {
            chat(client, "lobby", user, new BufferedReader(new InputStreamReader(System.in)));
        }
    }

    @JsonbTypeInfo(key = "kind", value = {
            @JsonbSubtype(alias = "ordered", type = Ordered.class),
            @JsonbSubtype(alias = "cancelled", type = Cancelled.class)})
    public sealed interface OrderEvent permits Ordered, Cancelled {
    }

    public record Ordered(long number, List<String> items, Instant at) implements OrderEvent {}

    public record Cancelled(long number, @JsonbProperty("why") String reason) implements OrderEvent {}

    static void typedEvents(BayeuxClient client, Warehouse warehouse) throws InterruptedException {
        client.subscribe("/orders/*", OrderEvent.class, message -> {
            switch (message.data()) {
                case Ordered ordered -> warehouse.pack(ordered.number(), ordered.items());
                case Cancelled cancelled -> warehouse.unpack(cancelled.number());
            }
        });
    }

    /** Somebody who works. */
    public interface Warehouse {

        void pack(long number, List<String> items);

        void unpack(long number);
    }

    static void lists(BayeuxClient client, Warehouse warehouse) throws InterruptedException {
        client.subscription("/backlog")
                .as(new TypeToken<List<Ordered>>() {
                })
                .start(message -> message.data().forEach(each -> warehouse.pack(each.number(), each.items())));
    }

    public record PlatformEvent(Order payload) {}

    public record Order(@JsonbProperty("Number__c") String number, @JsonbProperty("Total__c") double total) {}

    /** Where tokens come from, such as an OAuth flow. */
    public interface Tokens {

        String current();

        String fetchAnother() throws IOException, InterruptedException;
    }

    static void salesforce(String instance, Tokens tokens, PositionStore positions, Orders orders,
            CountDownLatch stopSignal) throws InterruptedException {
        URI uri = URI.create(instance + "/cometd/64.0");
        try (BayeuxClient client = BayeuxClient.builder(uri)
                .credentials(refused -> Credentials.bearer(refused ? tokens.fetchAnother() : tokens.current()))
                .replay(positions)
                .onInvalidPosition(OnInvalidPosition.EARLIEST)
                .onServerDisconnect(OnServerDisconnect.RECONNECT)
                .connect()) {
            client.subscription("/event/Order__e")
                    .as(PlatformEvent.class)
                    .fromStoredOr(Position.EARLIEST)
                    .start(message -> orders.book(message.data().payload()));
            stopSignal.await();
        }
    }

    /** Where orders go. */
    public interface Orders {

        void book(Order order);
    }

    public record Question(String symbol) {}

    public record Quote(String symbol, long cents) {}

    static void call(BayeuxClient client) throws InterruptedException {
        Quote quote = client.call("/service/quote", new Question("EU"), Quote.class);
        System.out.println(quote.cents());
    }

    static void callWithLimit(BayeuxClient client) throws InterruptedException {
        try {
            List<Quote> quotes = client.call("/service/quotes", List.of("EU", "UK"), new TypeToken<List<Quote>>() {
            },
                    Duration.ofSeconds(2));
            System.out.println(quotes);
        } catch (PublishException failed) {
            System.out.println(failed.outcome() == PublishException.Outcome.REFUSED
                    ? "it said no: " + failed.error().orElseThrow().text()
                    : "no answer within 2 s");
        }
    }

    static List<Quote> callMany(BayeuxClient client, List<String> symbols) {
        List<CompletableFuture<Quote>> asked = symbols.stream()
                .map(symbol -> client.async().call("/service/quote", new Question(symbol), Quote.class))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    static List<BayeuxClient> manyClients(URI uri, List<String> devices, TokensOfDevices tokens) {
        List<BayeuxClient> clients = devices.stream()
                .map(device -> BayeuxClient.builder(uri)
                        .name(device)
                        .transports("jdk-long-polling")
                        .credentials(refused -> Credentials.bearer(tokens.of(device)))
                        .build())
                .toList();
        CompletableFuture.allOf(clients.stream()
                .map(client -> client.async().connect())
                .toArray(CompletableFuture[]::new)).join();
        return clients;
    }

    static void closeAll(List<BayeuxClient> clients) {
        CompletableFuture.allOf(clients.stream()
                .map(client -> client.async().close())
                .toArray(CompletableFuture[]::new)).join();
    }

    /** Where the tokens of devices come from. */
    public interface TokensOfDevices {

        String of(String device);
    }

    static void onlyTheNewest(BayeuxClient client) throws InterruptedException {
        client.subscription("/prices/*")
                .as(Quote.class)
                .queue(1, Overflow.DROP_OLDEST)
                .start(message -> System.out.println(message.data()));
    }

    static BayeuxClient computing(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).handlerExecutor(Executors.newFixedThreadPool(4)).connect();
    }

    static BayeuxClient throughAProxy(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri)
                .http(HttpSettings.DEFAULT.withProxy("proxy.example.com", 3128))
                .connect();
    }
}
