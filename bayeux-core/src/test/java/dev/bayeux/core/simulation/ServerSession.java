package dev.bayeux.core.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the server knows of one client. */
final class ServerSession {

    /** A delivery that was sent and may have to be sent again. */
    private record Sent(long batch, ServerMessage message) {}

    final String id;
    final boolean acknowledged;
    final Set<String> subscriptions = new TreeSet<>();
    /** Those whose request has arrived after the client had given it up: perhaps after that to end the subscription. */
    final Set<String> late = new TreeSet<>();
    private final Deque<ServerMessage> waiting = new ArrayDeque<>();
    private final List<Sent> unacknowledged = new ArrayList<>();
    private final List<ServerMessage> all = new ArrayList<>();
    private long batch;
    @Nullable
    ClientMessage held;
    @Nullable
    Line line;
    World.@Nullable Timer timer;
    boolean connected;

    ServerSession(String id, boolean acknowledged) {
        this.id = id;
        this.acknowledged = acknowledged;
    }

    void add(ServerMessage delivery) {
        waiting.add(delivery);
        all.add(delivery);
    }

    boolean hasDeliveries() {
        return !waiting.isEmpty();
    }

    /** Forgets what the client has; whether some of what was sent is still missing. */
    boolean acknowledge(long number) {
        unacknowledged.removeIf(sent -> sent.batch <= number);
        return !unacknowledged.isEmpty();
    }

    /** Closes the batch and takes all that the client does not have. */
    List<ServerMessage> takeBatch() {
        batch++;
        waiting.forEach(message -> unacknowledged.add(new Sent(batch, message)));
        waiting.clear();
        return unacknowledged.stream().map(Sent::message).toList();
    }

    List<ServerMessage> takeAll() {
        List<ServerMessage> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    long batch() {
        return batch;
    }

    /** {@return all that was ever meant for the client, in order} */
    List<ServerMessage> all() {
        return all;
    }

    boolean listensTo(String channel) {
        return subscriptions.stream().anyMatch(pattern -> matches(pattern, channel));
    }

    static boolean matches(String pattern, String channel) {
        if (pattern.endsWith("/**")) {
            return channel.startsWith(pattern.substring(0, pattern.length() - 2));
        }
        if (pattern.endsWith("/*")) {
            String parent = pattern.substring(0, pattern.length() - 1);
            return channel.startsWith(parent) && channel.indexOf('/', parent.length()) < 0;
        }
        return pattern.equals(channel);
    }

    void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
