package dev.bayeux.kafka.task;

import dev.bayeux.api.ClientBuilder;
import dev.bayeux.tests.bayeux.ReplyTweak;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import jakarta.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A Bayeux server in memory, and the settings of a task that uses it. */
final class MemoryServerWorld implements AutoCloseable {

    /** The limit of each wait, which a loaded machine does not reach. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long STEP_NANOS = 2_000_000;

    final MemoryServer peer = new MemoryServer();
    final ScriptedBayeux server = ScriptedBayeux.over(peer);

    /** Makes replies to handshakes offer the replay extension. */
    MemoryServerWorld offerReplay() {
        server.tweak(ReplyTweak.eachReply(reply -> reply.getString("channel", "").equals("/meta/handshake")
                ? Json.createObjectBuilder(reply).add("ext", Json.createObjectBuilder().add("replay", true)).build()
                : reply));
        return this;
    }

    /** Makes a client use this server. */
    ClientBuilder reach(ClientBuilder builder) {
        return builder.transports("memory").transports(new MemoryTransportProvider(peer));
    }

    /** Returns the settings that every task needs, with others. */
    Map<String, String> settings(String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of("bayeux.url", peer.uri().toString(),
                "bayeux.retry.backoff.ms", "20", "bayeux.retry.backoff.max.ms", "50"));
        for (int n = 0; n < more.length; n += 2) {
            settings.put(more[n], more[n + 1]);
        }
        return settings;
    }

    /** Returns data with a replay id, as Salesforce's servers send it. */
    static String event(long id) {
        return "{\"payload\":{\"n\":%d},\"event\":{\"replayId\":%d}}".formatted(id, id);
    }

    /** Waits until a condition holds. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within %s: %s".formatted(PATIENCE, what));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
