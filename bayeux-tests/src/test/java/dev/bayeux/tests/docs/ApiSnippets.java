package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.BinaryData;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.RawJson;
import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.api.extension.Timesync;
import dev.bayeux.tests.docs.Recipes.Order;
import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What the Javadoc of the API shows. Javadoc cuts the regions out of this file. */
abstract class ApiSnippets {

    /** What something costs. */
    public record Price(String symbol, long amount) {}

    abstract void show(Object anything);

    abstract void book(Order order);

    abstract void log(@Nullable Throwable failure);

    abstract String sign(String channel, String clientId);

    void client(URI uri) throws InterruptedException {
        // @start region="client"
        try (BayeuxClient client = BayeuxClient.builder(uri).name("prices").connect()) {
            client.subscribe("/prices/*", Price.class, message -> show(message.data()));
            client.publish("/orders", new Order(1));
            Price price = client.call("/service/price", "EU", Price.class);
            client.drain(Duration.ofSeconds(5));
        }
        // @end
    }

    void async(BayeuxClient client) {
        // @start region="async"
        client.async().call("/service/price", "EU", Price.class)
                .thenCompose(price -> client.async().publish("/prices/EU", price))
                .whenComplete((done, failed) -> log(failed));
        // @end
    }

    void token(BayeuxClient client) throws InterruptedException {
        // @start region="token"
        client.subscription("/orders").as(new TypeToken<List<Order>>() {
        })
                .start(message -> message.data().forEach(this::book));
        // @end
    }

    void pull(BayeuxClient client) throws InterruptedException {
        // @start region="pull"
        try (PullSubscription<Price> prices = client.subscribe("/prices/EU", Price.class)) {
            for (var message : prices) {
                show(message.data());
            }
        }
        // @end
    }

    void raw(BayeuxClient client, String text) throws InterruptedException {
        // @start region="raw"
        client.publish("/prices/EU", RawJson.of(text));
        // @end
    }

    void jsonb(URI uri) throws InterruptedException {
        // @start region="jsonb"
        Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withNullValues(true));
        BayeuxClient client = BayeuxClient.builder(uri).binding(JsonbBinding.of(jsonb)).connect();
        // @end
        client.close();
    }

    void publisher(BayeuxClient client, Flow.Subscriber<Object> subscriber) {
        // @start region="publisher"
        client.subscription("/prices/*").as(Price.class)
                .queue(100, Overflow.PAUSE)
                .publisher()
                .subscribe(subscriber);
        // @end
    }

    void bytes(BayeuxClient client, byte[] png) throws InterruptedException {
        // @start region="bytes"
        client.publish("/images", BinaryData.of(png));
        client.subscribe("/images", BinaryData.class, message -> show(message.data().bytes()));
        // @end
    }

    void timesync(URI uri) throws InterruptedException {
        // @start region="timesync"
        Timesync timesync = new Timesync();
        try (BayeuxClient client = BayeuxClient.builder(uri).addExtension(timesync).connect()) {
            show(client.state());
            timesync.serverTime().ifPresent(time -> show(time));
        }
        // @end
    }

    void credentials(ClientBuilder builder) {
        // @start region="credentials"
        builder.addExtension(MessageCredentials.forSubscribes(subscribe -> Json.createObjectBuilder()
                .add("signature", sign(subscribe.subscriptions().getFirst(), subscribe.clientId().orElseThrow()))
                .build()));
        // @end
    }
}
