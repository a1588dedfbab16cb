package dev.bayeux.tests.docs;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Limits;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.tests.docs.Cookbook.Line;
import dev.bayeux.tests.docs.Cookbook.Question;
import dev.bayeux.tests.docs.Cookbook.Quote;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** What docs/moving-from-cometd.md shows of this client, compiled; {@link CometdPrograms} is the other column. */
final class FromCometd {

    private FromCometd() {
    }

    static void connect(URI uri) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(uri)) {
            use(client);
        }
    }

    static void subscribe(BayeuxClient client) throws InterruptedException {
        client.connect();
        client.subscribe("/chat/demo", Line.class, message -> {
            Line line = message.data();
            show(line.user(), line.text());
        });
    }

    static void publish(BayeuxClient client) throws InterruptedException {
        try {
            client.publish("/chat/demo", new Line("ann", "hello"));
        } catch (PublishException failed) {
            refused(failed.outcome() + ": " + failed.getMessage());
        }
    }

    static void batch(BayeuxClient client) throws InterruptedException {
        client.batch(batch -> {
            batch.publish("/orders", 1);
            batch.publish("/orders", 2);
        });
    }

    static void call(BayeuxClient client) throws InterruptedException {
        Quote quote = client.call("/service/quote",
                new Question("EU"), Quote.class);
        show(quote.symbol(), Long.toString(quote.cents()));
    }

    static void watch(BayeuxClient client) {
        client.listen(event -> {
            if (event instanceof ClientEvent.AttemptFailed failed) {
                refused(failed.cause() + ", next attempt at "
                        + client.state().nextAttempt());
            }
        });
    }

    static BayeuxClient token(URI uri, Supplier<String> tokens) {
        return BayeuxClient.builder(uri)
                .credentials(refused -> Credentials.bearer(tokens.get()))
                .build();
    }

    static BayeuxClient settings(URI uri) {
        return BayeuxClient.builder(uri)
                .replyTimeout(Duration.ofSeconds(5))
                .limits(Limits.DEFAULT.withMaxReplyBytes(4 << 20))
                .backoff(Backoff.of(Duration.ofMillis(500), Duration.ofSeconds(20)))
                .build();
    }

    static void awaitTheEnd(BayeuxClient client) throws InterruptedException {
        if (client.awaitState(ClientState::isDisconnected, Duration.ofSeconds(5)).isEmpty()) {
            client.abort();
        }
    }

    private static void use(BayeuxClient client) {
        System.out.println(client.state());
    }

    private static void show(String user, String text) {
        System.out.println(user + ": " + text);
    }

    private static void refused(String why) {
        System.out.println(why);
    }
}
