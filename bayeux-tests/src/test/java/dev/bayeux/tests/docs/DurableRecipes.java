package dev.bayeux.tests.docs;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;

/** What docs/durable.md shows, compiled. */
final class DurableRecipes {

    private static final Logger log = System.getLogger("orders");

    private DurableRecipes() {
    }

    static void whole(URI uri, Recipes.Tokens tokens, CountDownLatch stopSignal) throws InterruptedException {
        try (PositionStore positions = PositionStore.ofFile(Path.of("/var/lib/orders/positions"));
                BayeuxClient client = BayeuxClient.builder(uri)
                        .credentials(refused -> Credentials.bearer(tokens.fresh()))
                        .replay(positions)
                        .onInvalidPosition(OnInvalidPosition.EARLIEST)
                        .onError(failure -> log.log(Logger.Level.WARNING, "orders", failure.cause()))
                        .connect()) {
            client.subscription("/event/Order__e")
                    .fromStoredOr(Position.EARLIEST)
                    .onHandlerFailure(OnHandlerFailure.retry(Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1))))
                    .start(message -> book(message.data()));
            stopSignal.await();
        }
    }

    static void exactlyOnce(URI uri, DataSource database, CountDownLatch stopSignal) throws InterruptedException {
        OrderBook orders = new OrderBook(database);
        try (BayeuxClient client = BayeuxClient.builder(uri).replay(new JdbcPositions(database)).connect()) {
            client.subscription("/event/Order__e")
                    .fromStoredOr(Position.EARLIEST)
                    .onHandlerFailure(OnHandlerFailure.retry(Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1))))
                    .start(orders::book);
            stopSignal.await();
        }
    }

    static void loop(BayeuxClient client) throws InterruptedException {
        for (var message : client.subscription("/event/Order__e").fromStoredOr(Position.EARLIEST).start()) {
            book(message.data());
        }
    }

    static void byHand(BayeuxClient client, ExecutorService workers) throws InterruptedException {
        var orders = client.subscription("/event/Order__e").fromStoredOr(Position.EARLIEST).manualCommit().start();
        while (!Thread.interrupted()) {
            var message = orders.take();
            workers.submit(() -> {
                book(message.data());
                orders.commit(message);
            });
        }
    }

    private static void book(JsonValue order) {
        log.log(Logger.Level.DEBUG, order);
    }
}
