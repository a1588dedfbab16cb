package dev.bayeux.tests.docs;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.docs.Cookbook.Orders;
import dev.bayeux.tests.docs.Cookbook.PlatformEvent;
import dev.bayeux.tests.docs.Cookbook.Tokens;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What docs/moving-from-emp-connector.md shows of this client, compiled. */
final class FromEmpConnector {

    private static final Logger log = System.getLogger("orders");

    private FromEmpConnector() {
    }

    static BayeuxClient start(String instance, Tokens tokens, PositionStore positions) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(URI.create(instance + "/cometd/64.0"))
                .credentials(refused -> Credentials.bearer(
                        refused ? tokens.fetchAnother() : tokens.current()))
                .replay(positions)
                .connect();
        return client;
    }

    static Subscription subscribe(BayeuxClient client, Orders orders) throws InterruptedException {
        Subscription subscription = client.subscription("/event/Order__e")
                .as(PlatformEvent.class)
                .fromStoredOr(Position.EARLIEST)
                .start(message -> orders.book(message.data().payload()));
        return subscription;
    }

    static void from(BayeuxClient client, long replayId, Orders orders) throws InterruptedException {
        client.subscription("/event/Order__e")
                .as(PlatformEvent.class)
                .from(Position.after(replayId))
                .start(message -> orders.book(message.data().payload()));
    }

    static void watch(BayeuxClient client) {
        client.listen(event -> log.log(Logger.Level.INFO, "{0}", event));
    }

    static void stop(BayeuxClient client, Subscription subscription) {
        subscription.close();
        client.close();
    }

    static void keep(String instance, Tokens tokens, Orders orders, CountDownLatch stopSignal)
            throws InterruptedException {
        try (PositionStore positions = PositionStore.ofFile(Path.of("positions"));
                BayeuxClient client = BayeuxClient.builder(URI.create(instance + "/cometd/64.0"))
                        .credentials(refused -> Credentials.bearer(tokens.current()))
                        .replay(positions)
                        .onInvalidPosition(OnInvalidPosition.EARLIEST)
                        .connect()) {
            client.subscription("/event/Order__e")
                    .as(PlatformEvent.class)
                    .fromStoredOr(Position.EARLIEST)
                    .onHandlerFailure(OnHandlerFailure.retry(
                            Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1))))
                    .start(message -> orders.book(message.data().payload()));
            stopSignal.await();
        }
    }

    static BayeuxClient proxy(URI uri) {
        return BayeuxClient.builder(uri)
                .http(HttpSettings.DEFAULT.withProxy("proxy.example.com", 3128))
                .build();
    }
}
