package dev.bayeux.core.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the machine has slept. A clock that counts waits may stand still meanwhile, so a wait for the network goes
 * on as if nothing had happened, over a connection that the server has long forgotten; the clock of the day does not.
 * Nobody tells a program: one has to look. One thread looks for all clients of the process, and lives as long as there
 * are any.
 */
final class SleepWatch {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private final Supplier<Instant> timeOfDay;
    private final Duration period;
    private final Duration tolerance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Watcher> watchers = new ArrayList<>();
    private @Nullable Thread thread;

    /** Two that are equal are still two. */
    private static final class Watcher {

        private final Runnable awake;

        Watcher(Runnable awake) {
            this.awake = awake;
        }
    }

    /**
     * Without a thread yet.
     *
     * @param timeOfDay the clock that goes on
     * @param period how often to look
     * @param tolerance how much later a look may come, or how far the clock may be put forward, without being a sleep
     */
    SleepWatch(Supplier<Instant> timeOfDay, Duration period, Duration tolerance) {
        this.timeOfDay = timeOfDay;
        this.period = period;
        this.tolerance = tolerance;
    }

    /** Calls after each sleep; gives what ends that. */
    Runnable add(Runnable awake) {
        Watcher watcher = new Watcher(awake);
        lock.lock();
        try {
            watchers.add(watcher);
            if (thread == null) {
                thread = start(this::watch);
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(watcher);
    }

    /** Nothing of the program that happens to connect first: the thread serves all, and may outlive it. */
    private static Thread start(Runnable task) {
        Thread clock = Thread.ofVirtual().name("bayeux-clock").inheritInheritableThreadLocals(false).unstarted(task);
        clock.setContextClassLoader(SleepWatch.class.getClassLoader());
        clock.start();
        return clock;
    }

    private void remove(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (hasToldOfSleep()) {
            // The next wait holds on to no client that has been told.
        }
    }

    private boolean hasToldOfSleep() {
        List<Watcher> told = awaitSleep();
        told.forEach(SleepWatch::tell);
        return !told.isEmpty();
    }

    private static void tell(Watcher watcher) {
        try {
            watcher.awake.run();
        } catch (Throwable failed) {
            // One thread serves all clients of the process: it must outlive what befalls one of them.
            warn(failed);
        }
    }

    private static void warn(Throwable failed) {
        try {
            LOG.log(System.Logger.Level.WARNING, "A client failed to check its connection after the machine had slept",
                    failed);
        } catch (Throwable logFailed) {
            // Nobody is left who could be told.
        }
    }

    /** Gives those who are there after the next sleep; nobody if nobody is left. */
    private List<Watcher> awaitSleep() {
        lock.lock();
        try {
            Instant before = timeOfDay.get();
            long leftNs = period.toNanos();
            while (!watchers.isEmpty()) {
                leftNs = changed.awaitNanos(leftNs);
                if (leftNs <= 0) {
                    Instant now = timeOfDay.get();
                    if (Duration.between(before, now).compareTo(period.plus(tolerance)) > 0) {
                        return List.copyOf(watchers);
                    }
                    before = now;
                    leftNs = period.toNanos();
                }
            }
            thread = null;
            return List.of();
        } catch (InterruptedException never) {
            // Nobody knows this thread; if somebody does, the next client starts another.
            thread = null;
            return List.of();
        } finally {
            lock.unlock();
        }
    }
}
