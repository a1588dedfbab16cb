package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one process that share the position of a channel: what is saved is what all of them have handled, and it
 * is saved as soon as the last of them has handled it.
 */
final class SharedPositions implements Wire {

    /** Allows for threads that lose the processor several times. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long NOT_YET = Long.MAX_VALUE;

    /** One subscriber of a channel. */
    static final class Sharer {

        final String channel;
        private final Set<Long> handled = new HashSet<>();
        /** It gets what the server sends after this number. */
        private long since = NOT_YET;
        private boolean closed;
        /** The last message that it has handled; {@code null} while it has another. */
        private @Nullable Long done;

        Sharer(String channel) {
            this.channel = channel;
        }

        private boolean isOpen() {
            return since != NOT_YET && !closed;
        }
    }

    private final World world;
    private final SimulatedServer server;
    private final List<Sharer> sharers = new ArrayList<>();
    /** The channels where an earlier subscription may still deliver: what it delivers is no position. */
    private final Set<String> uncertain = new HashSet<>();
    /** The channels of the unsubscribe requests of this session without an answer, by their ids. */
    private final Map<String, String> endings = new HashMap<>();
    /** Numbers that came while such a request was unanswered: an earlier subscription may have brought them. */
    private final Set<Long> ofUnknownSubscription = new HashSet<>();
    private final ObservedPositions positions;
    private int changes;
    private boolean over;

    SharedPositions(World world, SimulatedServer server, ObservedPositions positions) {
        this.world = world;
        this.server = server;
        this.positions = positions;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        messages.stream().filter(message -> message.is("/meta/unsubscribe"))
                .forEach(message -> endings.put(message.id(), message.subscription()));
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            if (message.session() != null) {
                endings.clear();
            } else if (message.channel().equals("/meta/unsubscribe") && message.isSuccessful()) {
                endings.remove(message.id());
            } else if (message.isDelivery() && endings.containsValue(message.channel())) {
                ofUnknownSubscription.add(message.number());
            }
        }
    }

    /** A thread is about to subscribe. */
    Sharer begin(String channel) {
        Sharer sharer = new Sharer(channel);
        sharers.add(sharer);
        changes++;
        return sharer;
    }

    void subscribed(Sharer sharer) {
        sharer.since = server.events();
        changes++;
    }

    void failed(Sharer sharer) {
        closing(sharer);
        uncertain.add(sharer.channel);
    }

    /** What it has not handled does not matter any more. */
    void closing(Sharer sharer) {
        sharer.closed = true;
        changes++;
    }

    /** The process has come to its end. */
    void end() {
        over = true;
    }

    void takes(Sharer by) {
        by.done = null;
    }

    void handled(Sharer by, long number) {
        by.handled.add(number);
        by.done = number;
        checkSavedSoon(by.channel, number);
    }

    private void checkSavedSoon(String channel, long number) {
        boolean all = sharers.stream().filter(each -> each.channel.equals(channel))
                .allMatch(each -> each.closed || each.isOpen() && Long.valueOf(number).equals(each.done));
        if (all && !uncertain.contains(channel) && !ofUnknownSubscription.contains(number)) {
            int changesBefore = changes;
            long savesBefore = positions.saves(channel);
            world.in(MOMENT_NS, () -> {
                if (!over && changes == changesBefore && positions.saves(channel) == savesBefore
                        && positions.saved(channel) < number) {
                    world.fail("All subscribers of %s have handled number %d, and its position is not saved."
                            .formatted(channel, number));
                }
            });
        }
    }

    /** A position is saved. */
    void saving(String channel, long number) {
        for (Sharer each : sharers) {
            if (each.channel.equals(channel) && each.isOpen()) {
                missing(each, number).ifPresent(first -> world.fail(
                        "The position of %s is saved as %d, and one of its subscribers has not handled %d.".formatted(
                                channel, number, first)));
            }
        }
    }

    private Optional<Long> missing(Sharer sharer, long upTo) {
        return server.numbersOn(sharer.channel).stream()
                .filter(each -> each > sharer.since && each <= upTo && !sharer.handled.contains(each)).findFirst();
    }

    /** All is quiet: each has got what was sent since it began. */
    void checkAll() {
        for (Sharer each : sharers) {
            if (each.isOpen()) {
                missing(each, Long.MAX_VALUE).ifPresent(number -> world.fail(
                        "A subscriber of %s never handled %d, which was sent after it had begun.".formatted(
                                each.channel, number)));
            }
        }
    }
}
