package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What arrives reaches each subscription that matches: once, in order, each body as a whole (C-74, C-76, C-78); and with
 * acknowledged delivery nothing is lost while the session lives (C-112 to C-114).
 */
final class DeliveryRule implements Wire {

    /** Whatever arrives is handled within this time. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(3);

    /** The client takes longer replies in parts, and the program may subscribe in between. */
    private static final int TAKEN_AT_ONCE = 256;

    /** What arrived together. */
    private record Body(Object transport, @Nullable String session, long atNs, List<ServerMessage> deliveries,
            boolean inParts) {}

    private final World world;
    private final Supplier<@Nullable String> session;
    private final BooleanSupplier mayRefuse;
    private final List<Body> bodies = new ArrayList<>();
    private final Map<String, Long> lastSentNs = new HashMap<>();
    private final Map<String, String> sessionsOfRequests = new HashMap<>();
    private final List<Long> doubts = new ArrayList<>();
    private long messages;
    private long duplicates;

    /** {@code mayRefuse}: a client without room does as if an acknowledged answer had not come, and it comes again. */
    DeliveryRule(World world, Supplier<@Nullable String> session, BooleanSupplier mayRefuse) {
        this.mayRefuse = mayRefuse;
        this.world = world;
        this.session = session;
    }

    long messages() {
        return messages;
    }

    long duplicates() {
        return duplicates;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> batch, long untilNs) {
        String named = batch.getFirst().clientId();
        if (named != null) {
            lastSentNs.put(named, world.nowNs());
            batch.forEach(message -> sessionsOfRequests.put(String.valueOf(message.id()), named));
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> all) {
        List<ServerMessage> deliveries = all.stream().filter(message -> message.number() > 0).toList();
        if (!deliveries.isEmpty()) {
            bodies.add(new Body(transport, sessionOf(all), world.nowNs(), deliveries, all.size() > TAKEN_AT_ONCE));
        }
    }

    /** The answer to a request of a session that has ended may come in the next one; its deliveries belong to the old one. */
    private @Nullable String sessionOf(List<ServerMessage> all) {
        return all.stream().map(message -> sessionsOfRequests.get(String.valueOf(message.id())))
                .filter(Objects::nonNull).findFirst().orElseGet(session);
    }

    /** Deliveries that a thread has received while the client abandons its request are discarded (C-85). */
    void connectionDoubted() {
        doubts.add(world.nowNs());
    }

    private boolean mayBeDiscarded(Body body) {
        return doubts.stream().anyMatch(doubtedNs -> Math.abs(doubtedNs - body.atNs) < Beat.HELD_NS);
    }

    private static List<Long> numbers(Listening listening, Body body) {
        return body.deliveries.stream().filter(message -> listening.matches(message.channel()))
                .map(ServerMessage::number).toList();
    }

    /** All that has arrived, as this subscription should see it. */
    private List<Matching.Block> blocks(Listening listening) {
        for (Body body : bodies.subList(listening.blocks.size(), bodies.size())) {
            listening.blocks.add(new Matching.Block(body.transport, body.transport instanceof SimulatedSocket,
                    body.atNs, numbers(listening, body), body.inParts));
        }
        return listening.blocks;
    }

    /** A subscription hands a message to the program. */
    void handed(Listening listening, long number) {
        messages++;
        List<Matching.Block> blocks = blocks(listening);
        long arrivals = blocks.stream().filter(block -> block.numbers().contains(number)).count();
        listening.received.add(number);
        int times = Collections.frequency(listening.received, number);
        duplicates += times > 1 ? 1 : 0;
        if (times > arrivals) {
            world.fail("%s got number %d %d times, and it arrived %d times.".formatted(listening, number, times,
                    arrivals));
        }
        if (!listening.narrow && !listening.matching.accepts(number, blocks)) {
            world.fail("%s got number %d where it does not belong; before it %s.".formatted(listening, number,
                    listening.received));
        }
    }

    /** At the end: no message that arrived in a session that continued is missing. */
    void checkComplete(Listening listening) {
        if (listening.narrow || !listening.isActive()) {
            return;
        }
        Set<Long> received = new HashSet<>(listening.received);
        for (Body body : bodies) {
            List<Long> numbers = numbers(listening, body);
            boolean since = body.atNs > listening.activeNs + MOMENT_NS;
            if (!since) {
                // A reply that was cut off comes once more; what was taken of it went to the subscriptions of that time.
                received.addAll(numbers);
            }
            boolean due = !mayRefuse.getAsBoolean() && since
                    && lastSentNs.getOrDefault(String.valueOf(body.session), Long.MIN_VALUE) > body.atNs + MOMENT_NS;
            if (due && !received.containsAll(numbers) && !mayBeDiscarded(body)) {
                world.fail("%s did not get all of %s, which arrived in %s.".formatted(listening, numbers,
                        body.session));
            }
        }
        if (!listening.matching.isWhole(blocks(listening))) {
            world.fail("%s got a part of what arrived together.".formatted(listening));
        }
    }

    /** What the server has sent in a session that is acknowledged and still lives. */
    void checkAcknowledged(Listening listening, List<ServerMessage> sent) {
        if (listening.drops() || !listening.isActive()) {
            return;
        }
        Set<Long> received = new HashSet<>(listening.received);
        sent.stream().filter(message -> listening.matches(message.channel()))
                .filter(message -> !received.contains(message.number())).findFirst()
                .ifPresent(lost -> world.fail("%s never got number %d, which was sent with acknowledgement."
                        .formatted(listening, lost.number())));
    }
}
