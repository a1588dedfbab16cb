package dev.bayeux.core.simulation;

import dev.bayeux.api.error.PublishException.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the program asks to be published leaves once, in the order in which it was asked for, and what the program is
 * told of it is what became of it (C-47, C-50, C-52, C-56, C-58).
 */
final class PublishRule implements Wire {

    /** Between the call and the place where its turn is decided a thread may lose the processor. */
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The result that the program received. */
    enum Told {
        NOTHING, ACCEPTED, NOT_SENT, REFUSED, UNKNOWN, INTERRUPTED;

        static Told of(Outcome outcome) {
            return valueOf(outcome.name());
        }
    }

    /** One message. */
    static final class Asked {

        final long number;
        final long atNs;
        /** When it left, and until when the client waits for the answer. */
        @Nullable
        Long sentNs;
        long untilNs;
        /** Whether a transport has had it. */
        boolean taken;
        /** Whether its answer is a delivery. */
        boolean call;
        private final long batch;
        private final Thread thread = Thread.currentThread();
        private Told told = Told.NOTHING;
        private long toldNs;

        private Asked(long number, long atNs, long batch) {
            this.number = number;
            this.atNs = atNs;
            this.batch = batch;
        }

        boolean isTold() {
            return told != Told.NOTHING;
        }

        /** Whether it is a call that is in flight, or was less than so long ago. */
        boolean isCallInFlight(long nowNs, long momentNs) {
            return call && sentNs != null && (!isTold() || nowNs - toldNs < momentNs);
        }

        /** Whether the program waits for others together with it. */
        boolean isOneOf(List<Asked> others) {
            return others.stream().anyMatch(other -> other != this && other.batch == batch);
        }

        /** Whether it should leave before another one, or may. */
        private boolean mayPrecede(Asked other) {
            boolean ordered = batch == other.batch || thread == other.thread;
            return ordered ? number < other.number : atNs - other.atNs < MOMENT_NS;
        }
    }

    private final World world;
    private final SimulatedServer server;
    private final List<Asked> all = new ArrayList<>();
    private final Map<Long, Integer> sent = new HashMap<>();
    private final Map<Told, Long> outcomes = new HashMap<>();
    private @Nullable Asked lastSent;
    private long batches;
    private @Nullable Hearing hearing;

    /** Also receives the calls of the program, and their results. */
    interface Hearing {

        void asked(List<Asked> asked);

        void told(Asked asked, Told told);
    }

    void hearing(Hearing newHearing) {
        hearing = newHearing;
    }

    private void told(Asked asked, Told told) {
        Hearing also = hearing;
        if (also != null) {
            also.told(asked, told);
        }
    }

    PublishRule(World world, SimulatedServer server) {
        this.world = world;
        this.server = server;
    }

    /** The program is about to publish so many messages together. */
    List<Asked> ask(int count) {
        batches++;
        List<Asked> asked = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            asked.add(new Asked(all.size() + 1L + n, world.nowNs(), batches));
        }
        all.addAll(asked);
        if (hearing != null) {
            hearing.asked(asked);
        }
        return asked;
    }

    void tell(Asked asked, Told told) {
        world.trace.add(world, "publish %d: %s".formatted(asked.number, told));
        if (asked.told != Told.NOTHING) {
            world.fail("Number %d was %s, and then %s.".formatted(asked.number, asked.told, told));
        }
        asked.told = told;
        asked.toldNs = world.nowNs();
        check(asked);
        told(asked, told);
    }

    List<Asked> all() {
        return all;
    }

    /** {@return what was sent under this number} */
    Asked asked(long number) {
        return all.get((int) number - 1);
    }

    @Override
    public void taken(List<ClientMessage> messages) {
        messages.stream().filter(ClientMessage::isDirect).forEach(message -> asked(message.number()).taken = true);
    }

    @Override
    public void written(Object transport, List<ClientMessage> messages, long untilNs) {
        messages.stream().filter(ClientMessage::isDirect)
                .forEach(message -> asked(message.number()).untilNs = untilNs);
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        for (ClientMessage message : messages) {
            if (message.isDirect()) {
                Asked asked = asked(message.number());
                sent(asked);
                asked.sentNs = world.nowNs();
                asked.untilNs = untilNs;
            }
        }
    }

    private void sent(Asked asked) {
        int times = sent.merge(asked.number, 1, Integer::sum);
        if (times > Math.min(2, 1 + server.timesUnknown(asked.number))) {
            world.fail("Number %d is sent again (C-56).".formatted(asked.number));
        }
        lastSent = times > 1 ? null : lastSent;
        if (asked.told == Told.NOT_SENT || asked.told == Told.ACCEPTED || asked.told == Told.REFUSED) {
            world.fail("Number %d is sent after the program was told: %s.".formatted(asked.number, asked.told));
        }
        if (asked.call) {
            // It may have waited for the answer to another call.
            return;
        }
        Asked before = lastSent;
        if (before != null && !before.mayPrecede(asked)) {
            world.fail("Number %d is sent after %d, which was asked for later (C-50).".formatted(asked.number,
                    before.number));
        }
        lastSent = asked;
    }

    private void check(Asked asked) {
        int seen = server.timesSeen(asked.number);
        int processed = server.timesProcessed(asked.number);
        boolean right = seen <= 1 && switch (asked.told) {
            case ACCEPTED -> processed == 1;
            case NOT_SENT -> seen == 0;
            case REFUSED -> processed == 0;
            case NOTHING, UNKNOWN, INTERRUPTED -> processed <= 1;
        };
        if (!right) {
            world.fail(
                    "The program was told that number %d was %s; the server has seen it %d times and processed it %d times."
                            .formatted(asked.number, asked.told, seen, processed));
        }
    }

    /** When all is quiet; requests may have been on their way for long. */
    void checkAll() {
        for (Asked asked : all) {
            check(asked);
            outcomes.merge(asked.told, 1L, Long::sum);
            if (asked.told == Told.NOTHING) {
                world.fail("The program was never told what became of number %d.".formatted(asked.number));
            }
        }
    }

    Map<Told, Long> outcomes() {
        return outcomes;
    }
}
