package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.simulation.PublishRule.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the program puts into the outbox, and what becomes of it: each message leaves in its order and until the server has
 * accepted it, or its future says why not; nothing leaves after its future has ended; at most once where that is asked for;
 * and nothing waits that could leave.
 */
final class OutboxRule implements Wire {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);
    /** After a full queue the outbox waits for an increment of the backoff. */
    private static final long LEAVES_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    /** The longest that anything asks to be left alone. */
    private static final long RETRY_AFTER_NS = TimeUnit.SECONDS.toNanos(120);
    private static final Json JSON = Json.find();

    /** One message. */
    private static final class Put {

        private final long number;
        private final @Nullable String key;
        private final long atNs;
        private final long begun;
        private long returned = Long.MAX_VALUE;
        private int sent;
        /** How often a transport has had it: an attempt that is refused for its token has not left, and counts. */
        private int taken;
        /** Whether an extension has held an attempt back: it is repeated after those that were about to leave with it. */
        private boolean tried;
        /** Whether the program has begun to cancel it; its future ends a moment later. */
        private boolean cancelled;
        private @Nullable Told told;
        private long toldNs;

        Put(long number, @Nullable String key, long atNs, long begun) {
            this.number = number;
            this.key = key;
            this.atNs = atNs;
            this.begun = begun;
        }

        /** Whether it was put in before the other, and not at the same time. */
        private boolean isBefore(Put other) {
            return returned < other.begun;
        }

        private boolean hasKeyOf(Put other) {
            return key != null && key.equals(other.key);
        }
    }

    private final World world;
    private final SimulatedServer server;
    private final PromptnessRule promptness;
    private final OutboxLimits limits;
    private final long longestPauseNs;
    private final List<Put> all = new ArrayList<>();
    private final List<Put> open = new ArrayList<>();
    /** What has left with the last request. */
    private List<Put> together = List.of();
    /** How long an answer may take, from the moment when its request is queued. */
    private final long answerNs;
    private long pausedUntilNs = Long.MIN_VALUE;
    private long steps;
    private boolean closed;

    OutboxRule(World world, SimulatedServer server, ClientConfig config, OutboxLimits limits,
            PromptnessRule promptness) {
        this.world = world;
        this.server = server;
        this.promptness = promptness;
        this.limits = limits;
        // What is refused with its session is sent once more by itself.
        this.answerNs = config.timeouts().send().plus(config.timeouts().reply()).multipliedBy(2).toNanos();
        this.longestPauseNs = config.backoff().maximum().toNanos() + answerNs + RETRY_AFTER_NS;
    }

    // What the program does

    void put(BayeuxClient client, Calls calls) throws InterruptedException {
        String key = world.random.nextBoolean() ? "key" + world.random.nextInt(2) : null;
        Put put = new Put(ClientMessage.OUTBOX + all.size(), key, world.nowNs(), steps++);
        Object data = JSON.object(Map.of("p", JSON.number(put.number)));
        all.add(put);
        boolean added = calls.make("outbox " + put.number, Duration.ZERO, () -> {
            CompletableFuture<PublishReply> future = key == null
                    ? client.outbox().publish("/chat", data)
                    : client.outbox().publishInOrder(key, "/chat", data);
            future.whenComplete((reply, failure) -> told(put, failure == null ? Told.ACCEPTED : toldBy(failure)));
            if (world.random.nextInt(8) == 0) {
                world.in(world.between(0, 10_000), () -> withdraw(put, future));
            }
        }, PublishException.class);
        put.returned = steps++;
        if (!added) {
            put.told = put.told == null ? Told.NOT_SENT : put.told;
            put.toldNs = world.nowNs();
            return;
        }
        world.in(MOMENT_NS, () -> checkLeft(put));
        limits.deadline().ifPresent(deadline -> {
            world.in(deadline.toNanos() + MOMENT_NS, () -> checkEnded(put, together.contains(put)));
            // What waits may have to wait for the answer to those before it.
            world.in(deadline.toNanos() + answerNs + MOMENT_NS, () -> checkEnded(put, true));
        });
    }

    private void checkEnded(Put put, boolean now) {
        if (now && put.told == null) {
            world.fail("Number %d of the outbox is past its deadline, and its future has not ended."
                    .formatted(put.number));
        }
    }

    private void withdraw(Put put, CompletableFuture<PublishReply> future) {
        world.start("withdrawer", this, () -> {
            put.cancelled = true;
            future.cancel(false);
        });
    }

    private static Told toldBy(Throwable failure) {
        return failure instanceof PublishException publish ? Told.of(publish.outcome()) : Told.INTERRUPTED;
    }

    /** The program closes the client. */
    void closing() {
        closed = true;
    }

    // Reported results

    private void told(Put put, Told told) {
        world.trace.add(world, "outbox %d: %s".formatted(put.number, told));
        if (put.told != null) {
            world.fail("Number %d of the outbox was %s, and then %s.".formatted(put.number, put.told, told));
        }
        put.told = told;
        put.toldNs = world.nowNs();
        checkTold(put, told);
        open.remove(put);
        if (told == Told.ACCEPTED && open.isEmpty()) {
            pausedUntilNs = Long.MIN_VALUE;
        }
    }

    private void checkTold(Put put, Told told) {
        int seen = server.timesSeen(put.number);
        int processed = server.timesProcessed(put.number);
        boolean right = switch (told) {
            case ACCEPTED -> processed >= 1;
            case NOT_SENT -> seen == 0;
            case REFUSED -> processed == 0;
            case NOTHING, UNKNOWN, INTERRUPTED -> true;
        };
        if (!right) {
            world.fail(
                    "The program was told that number %d of the outbox was %s; the server has seen it %d times and processed it %d times."
                            .formatted(put.number, told, seen, processed));
        }
        boolean tried = put.taken >= limits.maxAttempts().orElse(Integer.MAX_VALUE);
        boolean refused = seen > processed;
        if (told != Told.ACCEPTED && told != Told.INTERRUPTED && !tried && !isLate(put) && !refused && !closed) {
            world.fail("Number %d of the outbox is given up (%s) without a reason.".formatted(put.number, told));
        }
    }

    /** Whether its deadline has passed; another thread reports that to the program. */
    private boolean isLate(Put put) {
        return limits.deadline().isPresent()
                && world.nowNs() - put.atNs >= limits.deadline().get().toNanos();
    }

    // What leaves

    @Override
    public void taken(List<ClientMessage> messages) {
        for (ClientMessage message : messages) {
            if (message.isOfOutbox()) {
                all.get((int) (message.number() - ClientMessage.OUTBOX)).taken++;
                // Its token may be refused before it leaves.
                pausedUntilNs = world.nowNs() + longestPauseNs;
            }
        }
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        List<Put> leaving = messages.stream().filter(ClientMessage::isOfOutbox)
                .map(message -> all.get((int) (message.number() - ClientMessage.OUTBOX))).toList();
        together = leaving.isEmpty() ? together : leaving;
        for (Put put : leaving) {
            checkSent(put);
            put.sent++;
            if (!open.contains(put)) {
                open.add(put);
            }
            pausedUntilNs = world.nowNs() + longestPauseNs;
        }
    }

    /** An extension has held a message back. */
    void heldBack(long number) {
        if (number >= ClientMessage.OUTBOX) {
            all.get((int) (number - ClientMessage.OUTBOX)).tried = true;
            pausedUntilNs = world.nowNs() + longestPauseNs;
        }
    }

    private void checkSent(Put put) {
        // What is withdrawn may be on its way already: the client has it in its own queue.
        long after = put.told == Told.INTERRUPTED ? answerNs : MOMENT_NS;
        if (put.told != null && world.nowNs() - put.toldNs >= after) {
            world.fail("Number %d of the outbox is sent after its future has ended: %s.".formatted(put.number,
                    put.told));
        }
        if (limits.deadline().isPresent()
                && world.nowNs() - put.atNs >= limits.deadline().get().toNanos() + MOMENT_NS) {
            world.fail("Number %d of the outbox is sent after its deadline.".formatted(put.number));
        }
        for (Put other : all) {
            if (other != put && other.hasKeyOf(put)
                    && (together.contains(other) || put.isBefore(other) && other.sent > 0)) {
                world.fail("Number %d of the outbox leaves together with %d, or after it: it has the same key."
                        .formatted(put.number, other.number));
            }
            if (put.key == null && other.key == null && other.isBefore(put) && other.sent == 0 && !other.tried
                    && !other.cancelled
                    && other.told == null && !isLate(other)
                    && !together.contains(other)) {
                world.fail("Number %d of the outbox has overtaken number %d.".formatted(put.number, other.number));
            }
        }
        int most = limits.maxAttempts().orElse(Integer.MAX_VALUE);
        if (server.timesSeen(put.number) >= most) {
            world.fail("Number %d of the outbox is sent again, and %d attempts are allowed.".formatted(put.number,
                    most));
        }
    }

    private void checkLeft(Put put) {
        if (put.told != null || put.sent > 0 || closed) {
            return;
        }
        boolean waits = all.stream()
                .anyMatch(other -> other != put && other.hasKeyOf(put) && other.told == null && !put.isBefore(other));
        if (!waits && world.nowNs() - put.atNs >= LEAVES_WITHIN_NS && world.nowNs() > pausedUntilNs
                && promptness.isFree(LEAVES_WITHIN_NS)) {
            world.fail("Number %d of the outbox waits, the client is CONNECTED, and no batch is in flight."
                    .formatted(put.number));
        }
        world.in(MOMENT_NS, () -> checkLeft(put));
    }

    /** The client is closed, and nothing happens any more. */
    void checkAll() {
        for (Put put : all) {
            if (put.told == null) {
                world.fail("The client is closed, and the future of number %d of the outbox has not ended."
                        .formatted(put.number));
            }
        }
    }

    /** {@return how many messages were put in, and how many of them were accepted} */
    long[] counts() {
        return new long[]{all.size(), all.stream().filter(put -> put.told == Told.ACCEPTED).count()};
    }
}
