package dev.bayeux.core.simulation;

import dev.bayeux.api.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Whatever the server says, the client makes no storm (C-23, C-102): in no minute more handshakes and connects than
 * backoff and budget allow. A connect that brought something for a subscriber is no part of a storm.
 */
final class StormRule implements Wire {

    private static final int FOR_A_CALL = 4;
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private final World world;
    private final long most;
    private final Deque<Long> lastMinute = new ArrayDeque<>();
    private final Deque<Long> calls = new ArrayDeque<>();

    StormRule(World world, Backoff backoff) {
        this.world = world;
        // Each wait is one increment at least; a handshake is followed by a connect; some are free; patience is ten.
        this.most = 2 * (MINUTE_NS / backoff.increment().toNanos()) + 30;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        if (messages.getFirst().isBeat()) {
            lastMinute.addLast(world.nowNs());
            forget(lastMinute);
            forget(calls);
            if (lastMinute.size() > most + (long) FOR_A_CALL * calls.size()) {
                world.fail("%d handshakes and connects in a minute.".formatted(lastMinute.size()));
            }
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        if (messages.stream().anyMatch(message -> message.isDelivery() && !message.channel().equals(Heart.UNWANTED))) {
            lastMinute.pollLast();
        }
    }

    private void forget(Deque<Long> times) {
        while (!times.isEmpty() && world.nowNs() - times.getFirst() > MINUTE_NS) {
            times.removeFirst();
        }
    }

    /** The program itself asks for a new session, and has the free handshakes once more. */
    void programIntervenes() {
        calls.addLast(world.nowNs());
    }
}
