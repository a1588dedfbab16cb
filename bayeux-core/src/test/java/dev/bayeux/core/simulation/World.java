package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Time and threads. One thread of this world runs at a time, and chance decides which one continues; when none can, the clock
 * jumps to the next timer. All chance comes from one seed, so a seed is a whole history.
 */
final class World {

    /** Nothing here needs more: it runs in circles. */
    private static final long MOST_STEPS = 3_000_000;

    /** A thread of this world, and when its end came. */
    final class Actor {

        final String name;
        final Object owner;
        final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        final long startedNs = nowNs;
        private @Nullable Thread thread;
        private boolean frozen;

        private Actor(String name, Object owner) {
            this.name = name;
            this.owner = owner;
        }

        private void ready(Runnable next) {
            ready.add(new Ready(this, next));
        }

        boolean isAlive() {
            return !end.isDone() && !frozen;
        }

        String describe() {
            StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
            return name + Arrays.stream(stack).filter(frame -> frame.getClassName().startsWith("dev.bayeux"))
                    .limit(12).map(frame -> " < " + frame.getFileName() + ":" + frame.getLineNumber())
                    .collect(Collectors.joining());
        }
    }

    private record Ready(Actor actor, Runnable next) {}

    /** Something that happens at a time, unless it is cancelled. */
    static final class Timer implements Comparable<Timer> {

        private final long atNs;
        private final long serial;
        private @Nullable Runnable action;

        private Timer(long atNs, long serial, Runnable action) {
            this.atNs = atNs;
            this.serial = serial;
            this.action = action;
        }

        void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Timer other) {
            return atNs == other.atNs ? Long.compare(serial, other.serial) : Long.compare(atNs, other.atNs);
        }
    }

    final SplittableRandom random;
    final Trace trace;
    private final List<Ready> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<Actor> actors = new ArrayList<>();
    private final Map<Object, Integer> living = new IdentityHashMap<>();
    private final List<Runnable> checks = new ArrayList<>();
    private final double yielding;
    private final double stalling;
    private final long startNs;
    private long nowNs;
    private long serial;
    private long steps;
    private @Nullable String failure;
    private @Nullable Actor current;

    World(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
        this.nowNs = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
        this.startNs = nowNs;
        this.yielding = random.nextBoolean() ? random.nextDouble(0.5) : 0.05;
        this.stalling = random.nextInt(3) == 0 ? random.nextDouble(0.01) : 0;
    }

    // Time

    long nowNs() {
        return nowNs;
    }

    long elapsedNs() {
        return nowNs - startNs;
    }

    Timer in(long delayNs, Runnable action) {
        Timer timer = new Timer(nowNs + Math.max(0, delayNs), serial++, action);
        timers.add(timer);
        return timer;
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    long between(long leastMs, long mostMs) {
        return TimeUnit.MILLISECONDS.toNanos(leastMs)
                + (mostMs > leastMs ? random.nextLong(TimeUnit.MILLISECONDS.toNanos(mostMs - leastMs)) : 0);
    }

    // Threads

    Thread start(String name, Object owner, Runnable task) {
        Actor actor = new Actor(name, owner);
        Thread thread = VirtualThreads.create(actor::ready, name, () -> {
            try {
                task.run();
            } catch (Throwable died) {
                fail("The thread %s died: %s".formatted(name, Trace.brief(died)));
            } finally {
                living.merge(actor.owner, -1, Integer::sum);
                actor.end.complete(null);
            }
        });
        actor.thread = thread;
        actors.add(actor);
        living.merge(owner, 1, Integer::sum);
        thread.start();
        return thread;
    }

    Actor actorOf(Thread thread) {
        return actors.stream().filter(actor -> actor.thread == thread).findFirst().orElseThrow();
    }

    /** Forgets the threads that have ended, so that a long run does not fill the memory. None of them can be joined any more. */
    void forgetEnded() {
        actors.removeIf(actor -> actor.end.isDone());
    }

    boolean isAnyAlive(Object owner) {
        return living.getOrDefault(owner, 0) > 0;
    }

    List<Actor> alive(Object owner) {
        return actors.stream().filter(actor -> actor.owner == owner && actor.isAlive()).toList();
    }

    /** As if the process had been killed: the owner's threads never continue. */
    void freeze(Object owner) {
        living.remove(owner);
        actors.stream().filter(actor -> actor.owner == owner).forEach(actor -> actor.frozen = true);
    }

    /** Any thread may lose the processor at any place, for a moment or for longer. */
    void pause() {
        if (current == null || Thread.currentThread() != current.thread) {
            return;
        }
        if (chance(stalling)) {
            stall(between(0, 50));
        } else if (chance(yielding)) {
            Thread.yield();
        }
    }

    private void stall(long durationNs) {
        Thread sleeper = Thread.currentThread();
        boolean[] over = new boolean[1];
        in(durationNs, () -> {
            over[0] = true;
            LockSupport.unpark(sleeper);
        });
        boolean interrupted = false;
        while (!over[0]) {
            LockSupport.park();
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            sleeper.interrupt();
        }
    }

    /** Waits for a condition; the thread that makes it true unparks this thread. */
    boolean await(BooleanSupplier condition, long deadlineNs) throws InterruptedException {
        Thread waiter = Thread.currentThread();
        Timer timer = deadlineNs == Long.MAX_VALUE ? null : in(deadlineNs - nowNs, () -> LockSupport.unpark(waiter));
        try {
            while (!condition.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (nowNs >= deadlineNs) {
                    return false;
                }
                LockSupport.park();
            }
            return true;
        } finally {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    void sleep(long durationNs) throws InterruptedException {
        await(() -> false, nowNs + durationNs);
    }

    // History

    void check(Runnable invariant) {
        checks.add(invariant);
    }

    void fail(String what) {
        if (failure == null) {
            failure = what;
            trace.add(this, "VIOLATION: " + what);
        }
    }

    @Nullable
    String failure() {
        return failure;
    }

    long steps() {
        return steps;
    }

    String currentName() {
        return current == null ? "-" : current.name;
    }

    /** Lets time pass until something holds, nothing is left to happen, or something is wrong. */
    void runUntil(BooleanSupplier goal) {
        while (failure == null && !goal.getAsBoolean()) {
            if (!ready.isEmpty()) {
                step(take(random.nextInt(ready.size())));
            } else if (!timers.isEmpty()) {
                fire(timers.poll());
            } else {
                return;
            }
            checks.forEach(Runnable::run);
            if (++steps > MOST_STEPS) {
                fail("It runs in circles: %d steps, last %s".formatted(steps, currentName()));
            }
        }
    }

    private Ready take(int index) {
        Ready taken = ready.get(index);
        Ready last = ready.removeLast();
        if (index < ready.size()) {
            ready.set(index, last);
        }
        return taken;
    }

    private void step(Ready next) {
        if (next.actor().frozen) {
            return;
        }
        current = next.actor();
        trace.step(next.actor().name, nowNs);
        next.next().run();
        current = null;
    }

    private void fire(Timer timer) {
        Runnable action = timer.action;
        if (action != null) {
            nowNs = timer.atNs;
            action.run();
        }
    }
}
