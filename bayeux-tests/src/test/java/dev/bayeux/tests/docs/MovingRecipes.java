package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Our column of the guides for those who come from another client, compiled. */
abstract class MovingRecipes {

    public record Line(String user, String text) {}

    interface Tokens {
        String fresh();
    }

    abstract void show(Object anything);

    abstract void book(JsonObject event);

    // From CometD's BayeuxClient

    void cometdLife(URI uri) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.builder(uri)
                .connectTimeout(Duration.ofSeconds(5))
                .connect()) {
            show(client.state());
        }
    }

    void cometdSubscribe(BayeuxClient client) throws InterruptedException {
        try {
            client.subscribe("/chat/demo", Line.class, message -> show(message.data().text()));
        } catch (SubscribeException refused) {
            show(refused.error());
        }
    }

    void cometdPublish(BayeuxClient client) throws InterruptedException {
        try {
            client.publish("/chat/demo", Map.of("user", "ann", "text", "hello"));
        } catch (PublishException failed) {
            show(failed.outcome());
        }
    }

    void cometdPublishAsync(BayeuxClient client) {
        client.async().publish("/chat/demo", new Line("ann", "hello"))
                .whenComplete((accepted, failed) -> show(failed == null ? "accepted" : failed));
    }

    void cometdBatch(BayeuxClient client) throws InterruptedException {
        client.batch(batch -> {
            batch.publish("/a", 1);
            batch.publish("/b", 2);
        });
    }

    void cometdCall(BayeuxClient client) throws InterruptedException {
        int sum = client.call("/service/sum", new int[]{1, 2}, Integer.class);
        show(sum);
    }

    void cometdListener(BayeuxClient client) {
        client.listen(event -> {
            switch (event) {
                case ClientEvent.StateChanged changed -> show(changed.now());
                case ClientEvent.SessionRenewed renewed -> show("messages may have been missed");
                default -> {
                }
            }
        });
    }

    BayeuxClient cometdExtensions(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).extensions("timesync").transports("jdk-websocket", "jdk-long-polling")
                .connect();
    }

    // From EMP-Connector

    BayeuxClient empLife(URI instance, Tokens tokens) throws InterruptedException {
        return BayeuxClient.builder(instance.resolve("/cometd/62.0"))
                .credentials(refused -> Credentials.bearer(tokens.fresh()))
                .replay(PositionStore.ofFile(Path.of("positions")))
                .onInvalidPosition(OnInvalidPosition.EARLIEST)
                .connect();
    }

    void empSubscribe(BayeuxClient client) throws InterruptedException {
        var orders = client.subscription("/event/Order__e")
                .fromStoredOr(Position.EARLIEST)
                .onHandlerFailure(OnHandlerFailure.STOP)
                .start(message -> book(message.data().asJsonObject()));
        orders.close();
    }

    void empFrom(BayeuxClient client) throws InterruptedException {
        client.subscription("/event/Order__e").from(Position.after(4711))
                .start(message -> book(message.data().asJsonObject()));
    }
}
