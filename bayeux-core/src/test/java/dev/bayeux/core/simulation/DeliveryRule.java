package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What arrives reaches each subscription that matches: once, in order, each body as a whole (C-74, C-76, C-78); and with
 * acknowledged delivery nothing is lost while the session lives (C-112 to C-114).
 */
final class DeliveryRule implements Wire {

    /** Whatever arrives is handled within this time. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(3);

    /** What arrived together. */
    private record Body(Object transport, boolean duplex, @Nullable String session, long atNs,
            List<ServerMessage> deliveries) {

        List<Long> numbersFor(Listening listening) {
            return deliveries.stream().filter(message -> listening.matches(message.channel()))
                    .map(ServerMessage::number).toList();
        }
    }

    private final World world;
    private final Supplier<@Nullable String> session;
    private final List<Body> bodies = new ArrayList<>();
    private final Map<String, Long> lastSentNs = new HashMap<>();
    private final Map<Listening, Set<Integer>> consumed = new HashMap<>();
    private long messages;
    private long duplicates;

    DeliveryRule(World world, Supplier<@Nullable String> session) {
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
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> all) {
        List<ServerMessage> deliveries = all.stream().filter(message -> message.number() > 0).toList();
        if (!deliveries.isEmpty()) {
            bodies.add(new Body(transport, transport instanceof SimulatedSocket, session.get(), world.nowNs(),
                    deliveries));
        }
    }

    /** A subscription hands a message to the program. */
    void handed(Listening listening, long number) {
        messages++;
        if (listening.received.contains(number)) {
            duplicates++;
        }
        listening.received.add(number);
        if (listening.narrow) {
            if (bodies.stream().noneMatch(body -> body.numbersFor(listening).contains(number))) {
                world.fail("%s got number %d, which never arrived.".formatted(listening, number));
            }
            return;
        }
        if (continues(listening, number)) {
            return;
        }
        Set<Integer> done = consumed.computeIfAbsent(listening, any -> new HashSet<>());
        for (int n = 0; n < bodies.size(); n++) {
            List<Long> numbers = bodies.get(n).numbersFor(listening);
            if (!done.contains(n) && !numbers.isEmpty() && numbers.getFirst() == number && mayFollow(listening, n)) {
                done.add(n);
                listening.body = n;
                listening.place = 1;
                return;
            }
        }
        world.fail("%s got number %d where it does not belong; before it %s.".formatted(listening, number,
                listening.received));
    }

    private boolean continues(Listening listening, long number) {
        if (listening.body < 0) {
            return false;
        }
        List<Long> numbers = bodies.get(listening.body).numbersFor(listening);
        if (listening.place >= numbers.size()) {
            return false;
        }
        if (numbers.get(listening.place) != number) {
            world.fail("%s got number %d in the middle of %s.".formatted(listening, number, numbers));
        }
        listening.place++;
        return true;
    }

    /** Frames of one socket keep their order; responses that arrive at about the same time may be handled in any. */
    private boolean mayFollow(Listening listening, int next) {
        if (listening.body < 0 || next > listening.body) {
            return true;
        }
        Body before = bodies.get(listening.body);
        Body now = bodies.get(next);
        return !(before.duplex && before.transport == now.transport) && before.atNs - now.atNs < MOMENT_NS;
    }

    /** When all is quiet: nothing that arrived in a session that went on is missing. */
    void checkComplete(Listening listening) {
        if (listening.narrow || !listening.isActive()) {
            return;
        }
        Set<Integer> done = consumed.getOrDefault(listening, Set.of());
        for (int n = 0; n < bodies.size(); n++) {
            Body body = bodies.get(n);
            List<Long> numbers = body.numbersFor(listening);
            boolean due = !numbers.isEmpty() && body.atNs > listening.activeNs + MOMENT_NS
                    && lastSentNs.getOrDefault(String.valueOf(body.session), Long.MIN_VALUE) > body.atNs + MOMENT_NS;
            if (due && !done.contains(n)) {
                world.fail("%s did not get %s, which arrived in %s.".formatted(listening, numbers, body.session));
            }
        }
        if (listening.body >= 0
                && listening.place < bodies.get(listening.body).numbersFor(listening).size()) {
            world.fail("%s did not get all of %s.".formatted(listening,
                    bodies.get(listening.body).numbersFor(listening)));
        }
    }

    /** What the server has sent in a session that is acknowledged and still lives. */
    void checkAcknowledged(Listening listening, List<ServerMessage> sent) {
        if (listening.narrow || !listening.isActive()) {
            return;
        }
        Set<Long> received = new HashSet<>(listening.received);
        sent.stream().filter(message -> listening.matches(message.channel()))
                .filter(message -> !received.contains(message.number())).findFirst()
                .ifPresent(lost -> world.fail("%s never got number %d, which was sent with acknowledgement."
                        .formatted(listening, lost.number())));
    }
}
