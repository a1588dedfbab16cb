package dev.bayeux.benchmarks.client;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Observation;
import dev.bayeux.api.OutboxLimits;
import jakarta.json.JsonNumber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Our client. */
final class OurPeer implements Peer {

    private final BayeuxClient client;

    OurPeer(String transport, URI uri, @Nullable Runnable onRequest) {
        ClientBuilder builder = BayeuxClient.builder(uri).transports(transport).outbox(OutboxLimits.DEFAULT)
                .acknowledge(Peer.acknowledges());
        if (!Boolean.getBoolean("bench.logged")) {
            // As CometD's client with slf4j-nop.
            builder.observation(Observation.DEFAULT.withoutLogging());
        }
        if (onRequest != null) {
            builder.addHeaders(() -> {
                onRequest.run();
                return Map.of();
            });
        }
        client = builder.build();
    }

    @Override
    public void connect() throws InterruptedException {
        client.connect();
    }

    @Override
    public void subscribe(String channel, View view, Reader reader) throws InterruptedException {
        switch (view) {
            case NOTHING -> client.subscribe(channel, message -> reader.read(0));
            case TEXT -> client.subscribe(channel, message -> reader.read(message.text().length()));
            case FIELD -> client.subscribe(channel, message -> reader
                    .read(message.data() instanceof JsonNumber number
                            ? number.longValue()
                            : message.data().asJsonObject().getJsonNumber("n").longValue()));
            case TEN -> client.subscribe(channel, Numbers.Ten.class, message -> reader.read(message.data().f9()));
            case HUNDRED ->
                client.subscribe(channel, Numbers.Hundred.class, message -> reader.read(message.data().f9().f9()));
            case THOUSAND -> client.subscribe(channel, Numbers.Thousand.class,
                    message -> reader.read(message.data().f9().f9().f9()));
            case RECORD -> client.subscribe(channel, Event.class, message -> reader.read(message.data().n()));
        }
    }

    @Override
    public void publish(String channel, Map<String, Object> data) throws InterruptedException {
        client.publish(channel, data);
    }

    @Override
    public CompletableFuture<?> publishLater(String channel, Map<String, Object> data) {
        return client.outbox().publish(channel, data);
    }

    @Override
    public void batch(String channel, List<Map<String, Object>> data) throws InterruptedException {
        client.batch(batch -> data.forEach(one -> batch.publish(channel, one)));
    }

    @Override
    public CompletableFuture<?> batchLater(String channel, List<Map<String, Object>> data) {
        return client.async().batch(batch -> data.forEach(one -> batch.publish(channel, one)));
    }

    @Override
    public void close() {
        client.close();
    }
}
