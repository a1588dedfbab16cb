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
 * Detects that the machine has slept. The clock that measures waits may stand still during sleep, so a client would
 * continue to wait on a connection that the server has dropped. The time of day advances, and the JVM reports no sleep, so one thread
 * compares the two clocks for all clients of the process. The thread ends with the last client.
 */
final class SleepWatch {

    private final Supplier<Instant> timeOfDay;
    private final Duration period;
    private final Duration tolerance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Watcher> watchers = new ArrayList<>();
    private @Nullable Thread thread;

    /** Compared by identity: two equal callbacks are two registrations. */
    private static final class Watcher {

        private final Runnable awake;

        Watcher(Runnable awake) {
            this.awake = awake;
        }
    }

    /**
     * Makes a watch without a thread. If a check is late by more than the tolerance, or the clock was set forward by more,
     * that counts as a sleep.
     */
    SleepWatch(Supplier<Instant> timeOfDay, Duration period, Duration tolerance) {
        this.timeOfDay = timeOfDay;
        this.period = period;
        this.tolerance = tolerance;
    }

    /** Registers a callback for each sleep. Returns the action that removes it. */
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

    /** Inherits nothing from the first client's program: the thread serves all clients and may outlive that program. */
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
            // The next wait must not retain the clients that were called.
        }
    }

    private boolean hasToldOfSleep() {
        List<Watcher> woken = awaitSleep();
        woken.forEach(SleepWatch::call);
        return !woken.isEmpty();
    }

    private static void call(Watcher watcher) {
        try {
            watcher.awake.run();
        } catch (Throwable failed) {
            // One thread serves all clients of the process, so a failing callback must not end it.
            ClientLog.warn("A client failed to check its connection after the machine had slept", failed);
        }
    }

    /** Returns the clients registered when the machine wakes; empty if none is registered. */
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
            // No code of this library interrupts the thread; if other code does, the next client starts another one.
            thread = null;
            return List.of();
        } finally {
            lock.unlock();
        }
    }
}
