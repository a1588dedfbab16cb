package dev.bayeux.cli.demo;

import dev.bayeux.cli.options.Wildcard;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One client of the demonstration's server. */
final class DemoSession {

    /** How long a connect is held. */
    static final long HOLD_MILLIS = 20_000;
    private static final int MAX_WAITING = 10_000;

    private final Set<String> patterns = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<JsonObject> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile long heard = System.nanoTime();
    private volatile boolean ended;

    void subscribe(String pattern) {
        patterns.add(pattern);
    }

    void unsubscribe(String pattern) {
        patterns.remove(pattern);
    }

    boolean wants(String channel) {
        return patterns.stream().anyMatch(pattern -> new Wildcard(pattern).matches(channel));
    }

    /** Messages for who does not fetch them are lost. */
    void deliver(JsonObject message) {
        waiting.offer(message);
    }

    void end() {
        ended = true;
        // Wakes the connect that is held; it is no message.
        waiting.offer(JsonValue.EMPTY_JSON_OBJECT);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it has not asked for messages for so long that it is most likely gone. */
    boolean isSilent() {
        return System.nanoTime() - heard > TimeUnit.MILLISECONDS.toNanos(2 * HOLD_MILLIS);
    }

    /** What waits; if that is nothing, waits for the first. */
    List<JsonObject> take(long limitMillis) throws InterruptedException {
        heard = System.nanoTime();
        List<JsonObject> messages = new ArrayList<>();
        JsonObject first = waiting.poll(limitMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            messages.add(first);
            waiting.drainTo(messages);
        }
        messages.removeIf(JsonObject::isEmpty);
        heard = System.nanoTime();
        return messages;
    }
}
