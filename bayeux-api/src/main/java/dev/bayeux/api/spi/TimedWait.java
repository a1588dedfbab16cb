package dev.bayeux.api.spi;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a future at most for a time, at nearly the cost of a wait without a limit. Most limits never pass: a client waits
 * for each response, and sets a limit each time. {@link CompletableFuture#get(long, TimeUnit)} on a virtual thread starts a
 * timer for each wait and cancels it again, and on JDK 25 both wake the thread of the timer. All waits here share one timer,
 * which is set again only for a limit that passes earlier than those before.
 *
 * <p>Transports and the engine may use this class; programs do not need it.
 */
public final class TimedWait {

    private static final Set<TimedWait> WAITING = ConcurrentHashMap.newKeySet();
    /** When the limits are checked next: no wait has a limit that passes earlier. */
    private static final AtomicReference<@Nullable Check> NEXT = new AtomicReference<>();

    private record Check(long atNs) {}

    private final Thread thread = Thread.currentThread();
    private final long deadlineNs;
    private volatile boolean expired;

    private TimedWait(long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    /**
     * Waits until a future is complete, as {@link CompletableFuture#get(long, TimeUnit)} does. The future keeps a small object
     * for each wait until it is complete, so this is for futures that complete soon after the limit, or are forgotten then.
     *
     * @param <T> the type of its result
     * @param future what to wait for
     * @param limitNs how long at most, in nanoseconds; with zero or less it does not wait. It may pass later than that by as
     *        much as the JVM's own timers
     * @return its result
     * @throws ExecutionException if the future has failed, with the failure as its cause
     * @throws CancellationException if the future was cancelled
     * @throws TimeoutException if the limit has passed
     * @throws InterruptedException if the thread is interrupted
     */
    public static <T extends @Nullable Object> T get(CompletableFuture<T> future, long limitNs)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (!future.isDone() && limitNs > 0) {
            // Half of the range, so that the difference of two deadlines does not overflow.
            new TimedWait(System.nanoTime() + Math.min(limitNs, Long.MAX_VALUE / 2)).await(future);
        }
        if (future.isDone()) {
            return future.get();
        }
        throw new TimeoutException();
    }

    private void await(CompletableFuture<?> future) throws InterruptedException {
        WAITING.add(this);
        try {
            checkBy(deadlineNs);
            future.whenComplete((result, failure) -> LockSupport.unpark(thread));
            while (!future.isDone() && !expired) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(future);
            }
        } finally {
            WAITING.remove(this);
        }
    }

    /** Makes sure that the limits are checked at this time or earlier. The caller has registered its wait before. */
    private static void checkBy(long atNs) {
        for (Check next = NEXT.get(); next == null || atNs - next.atNs < 0; next = NEXT.get()) {
            Check earlier = new Check(atNs);
            if (NEXT.compareAndSet(next, earlier)) {
                schedule(earlier);
                return;
            }
        }
    }

    /**
     * Uses the JDK's timer. The JDK may start its thread for the first task, and that thread lives as long as the JVM, so it
     * must not inherit the thread locals or the class loader of a program.
     */
    private static void schedule(Check check) {
        Thread starter = Thread.ofVirtual().name("bayeux-limits").inheritInheritableThreadLocals(false)
                .unstarted(() -> CompletableFuture.delayedExecutor(Math.max(0, check.atNs - System.nanoTime()),
                        TimeUnit.NANOSECONDS, Runnable::run).execute(() -> check(check)));
        starter.setContextClassLoader(ClassLoader.getSystemClassLoader());
        starter.start();
    }

    private static void check(Check due) {
        // Before the check: a wait that begins from here on is either found by this check or asks for another one.
        NEXT.compareAndSet(due, null);
        long now = System.nanoTime();
        long leftNs = Long.MAX_VALUE;
        for (TimedWait each : WAITING) {
            long eachNs = each.deadlineNs - now;
            if (eachNs > 0) {
                leftNs = Math.min(leftNs, eachNs);
            } else {
                each.expired = true;
                LockSupport.unpark(each.thread);
            }
        }
        if (leftNs != Long.MAX_VALUE) {
            checkBy(now + leftNs);
        }
    }

    /** {@return how many threads wait now} */
    static int waiting() {
        return WAITING.size();
    }
}
