package dev.bayeux.tests.docs;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Limits;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the README and the guides show, compiled. */
public final class Recipes {

    private static final Logger log = System.getLogger("chat");

    public record Line(String user, String text) {}

    public record Order(int number) {}

    interface Tokens {
        String fresh();
    }

    private Recipes() {
    }

    static BayeuxClient settings(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri)
                .name("prices")
                .transports("jdk-long-polling")
                .header("X-Tenant", "acme")
                .handshake(Json.createObjectBuilder().add("ext", Json.createObjectBuilder().add("app", "demo")).build())
                .replyTimeout(Duration.ofSeconds(5))
                .backoff(Backoff.of(Duration.ofMillis(200), Duration.ofSeconds(30)).withMaxTime(Duration.ofHours(1)))
                .onServerDisconnect(OnServerDisconnect.RECONNECT)
                .onError(failure -> log.log(Logger.Level.WARNING, "bayeux", failure.cause()))
                .connect();
    }

    static void handlers(BayeuxClient client) throws InterruptedException {
        Subscription chat = client.subscribe("/chat/**", Line.class,
                message -> show(message.channel(), message.data()));
        chat.close();
    }

    static void several(BayeuxClient client) throws InterruptedException {
        var trades = client.subscription("/trades/*", "/corrections")
                .as(Order.class)
                .queue(1_000, Overflow.DROP_OLDEST)
                .start();
        trades.close();
    }

    static void publishing(BayeuxClient client) throws InterruptedException {
        client.publish("/orders", new Order(1));
        client.publish("/orders", Map.of("number", 2));
        client.publish("/orders", JsonValue.NULL);
        client.batch(batch -> {
            batch.publish("/orders", new Order(3));
            batch.publish("/orders", new Order(4));
        });
        JsonValue answer = client.call("/service/sum", new int[]{1, 2});
        System.out.println(answer);
    }

    static void outbox(URI uri, Order order) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(uri).outbox(OutboxLimits.DEFAULT).connect();
        client.outbox().publish("/orders", order).whenComplete((accepted, failed) -> settled(order, failed));
        client.drain(Duration.ofSeconds(10));
        client.close();
    }

    private static void settled(Order order, @Nullable Throwable failed) {
        log.log(Logger.Level.INFO, "{0}: {1}", order, failed == null ? "accepted" : failed);
    }

    static void outcomes(BayeuxClient client, Order order) throws InterruptedException {
        try {
            client.publish("/orders", order);
        } catch (PublishException failed) {
            switch (failed.outcome()) {
                case NOT_SENT -> sendLater(order);
                case REFUSED -> log.log(Logger.Level.ERROR, "refused: " + failed.error());
                case UNKNOWN -> checkWhetherItArrived(order);
            }
        }
    }

    static BayeuxClient tokens(URI uri, Tokens tokens) throws InterruptedException {
        return BayeuxClient.builder(uri)
                .credentials(refused -> Credentials.bearer(tokens.fresh()))
                .channelRules(ChannelRules.LENIENT)
                .limits(Limits.DEFAULT.withMaxReplyBytes(32 << 20))
                .connect();
    }

    static BayeuxClient ownHttpClient(URI uri, SSLContext trusted) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder().sslContext(trusted).version(HttpClient.Version.HTTP_1_1).build();
        return BayeuxClient.builder(uri).transports(new JdkLongPollingProvider(http)).connect();
    }

    static void watching(BayeuxClient client) throws InterruptedException {
        client.listen(event -> {
            if (event instanceof ClientEvent.SessionRenewed) {
                log.log(Logger.Level.INFO, "messages may have been missed");
            }
        });
        System.out.println(client.state());
        if (!client.awaitReady(Duration.ofSeconds(30))) {
            System.out.println("not connected, or not everything is subscribed");
        }
    }

    private static void show(String channel, Line line) {
        System.out.println(channel + " " + line);
    }

    private static void sendLater(Order order) {
        System.out.println("later: " + order);
    }

    private static void checkWhetherItArrived(Order order) {
        System.out.println("arrived? " + order);
    }
}
