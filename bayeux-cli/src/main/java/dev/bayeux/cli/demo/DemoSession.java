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

/** One session of the demonstration's server. */
final class DemoSession {

    /** The time for which the server holds a connect request, in milliseconds. */
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

    /** Adds a message to the queue; drops it if the queue is full. */
    void deliver(JsonObject message) {
        waiting.offer(message);
    }

    void end() {
        ended = true;
        // Ends the wait of a held connect request. take() removes the empty object.
        waiting.offer(JsonValue.EMPTY_JSON_OBJECT);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Returns whether the client has sent no connect request for so long that it is most likely gone. */
    boolean isSilent() {
        return System.nanoTime() - heard > TimeUnit.MILLISECONDS.toNanos(2 * HOLD_MILLIS);
    }

    /** Returns the queued messages; if there are none, waits for the first one. */
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
