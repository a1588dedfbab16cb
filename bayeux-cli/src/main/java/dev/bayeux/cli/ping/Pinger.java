package dev.bayeux.cli.ping;

import dev.bayeux.api.BayeuxClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages to a channel to which it subscribes itself. Measures when the server accepts each message, and
 * when the message is back.
 */
public final class Pinger {

    private final BayeuxClient client;
    private final String channel;
    private final Duration limit;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    /** Distinguishes the messages of this pinger from others on the same channel. */
    private final String run = Long.toHexString(System.nanoTime());
    private int number;

    /**
     * Subscribes to the channel.
     *
     * @param client the client, connected
     * @param channel the channel to publish to
     * @param limit how long to wait for a message to be back
     * @throws InterruptedException if the thread is interrupted
     */
    public Pinger(BayeuxClient client, String channel, Duration limit) throws InterruptedException {
        this.client = client;
        this.channel = channel;
        this.limit = limit;
        client.subscribe(channel, message -> arrivals.add(new Arrival(message.data(), System.nanoTime())));
    }

    /**
     * Measures one round trip.
     *
     * @return the round trip, without a delivery if the message was not back in time
     * @throws InterruptedException if the thread is interrupted
     */
    public RoundTrip ping() throws InterruptedException {
        int seq = ++number;
        JsonObject data = Json.createObjectBuilder().add("ping", run).add("seq", seq).build();
        long start = System.nanoTime();
        client.publish(channel, data);
        Duration reply = Duration.ofNanos(System.nanoTime() - start);
        return new RoundTrip(seq, reply, back(data, start));
    }

    private Optional<Duration> back(JsonObject data, long start) throws InterruptedException {
        long deadline = start + limit.toNanos();
        while (true) {
            Arrival arrival = arrivals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                return Optional.empty();
            }
            if (isOurs(arrival, data)) {
                return Optional.of(Duration.ofNanos(arrival.nanoTime() - start));
            }
        }
    }

    /** Returns whether a delivery is the published message. A server that numbers messages adds members to the data. */
    private static boolean isOurs(Arrival arrival, JsonObject data) {
        return arrival.data() instanceof JsonObject back && back.entrySet().containsAll(data.entrySet());
    }

    /** A delivery and the time of its receipt, which may be before the reply to the publish. */
    private record Arrival(@Nullable JsonValue data, long nanoTime) {}
}
