package dev.bayeux.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.delivery.WatchedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class SleepWatchTest {

    private static final Duration PERIOD = Duration.ofMillis(5);
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch manyLooks = new CountDownLatch(10);
    private volatile Duration asleep = Duration.ZERO;
    private final Supplier<Instant> clock = () -> {
        looks.incrementAndGet();
        manyLooks.countDown();
        return Instant.EPOCH.plus(asleep);
    };
    private final SleepWatch watch = new SleepWatch(clock, PERIOD, TOLERANCE);

    private static boolean comes(CountDownLatch latch) throws InterruptedException {
        return latch.await(5, TimeUnit.SECONDS);
    }

    @Test
    void allClientsReceiveThatTheMachineHasSlept() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(2);
        Runnable one = watch.add(told::countDown);
        Runnable two = watch.add(told::countDown);
        assertTrue(comes(manyLooks));
        asleep = Duration.ofHours(8);
        assertTrue(comes(told));
        one.run();
        two.run();
    }

    @Test
    void aClockThatIsPutRightIsNoSleep() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        asleep = Duration.ofHours(1);
        Runnable end = watch.add(told::incrementAndGet);
        asleep = Duration.ZERO;
        assertTrue(comes(manyLooks));
        asleep = TOLERANCE;
        int before = looks.get();
        while (looks.get() < before + 5) {
            Thread.onSpinWait();
        }
        assertEquals(0, told.get());
        end.run();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailingCallbackDoesNotAffectTheOthers(boolean logFailsToo) throws InterruptedException {
        try (WatchedLog log = new WatchedLog("dev.bayeux.client")) {
            if (logFailsToo) {
                log.breakIt();
            }
            CountDownLatch told = new CountDownLatch(1);
            Runnable failing = watch.add(() -> {
                throw new IllegalStateException("on purpose");
            });
            Runnable broken = watch.add(() -> {
                throw new StackOverflowError("on purpose");
            });
            Runnable listening = watch.add(told::countDown);
            assertTrue(comes(manyLooks));
            asleep = Duration.ofHours(1);
            assertTrue(comes(told));
            assertEquals("A client failed to check its connection after the machine had slept", log.messages.poll());
            assertEquals("A client failed to check its connection after the machine had slept", log.messages.poll());
            failing.run();
            broken.run();
            listening.run();
        }
    }

    @Test
    void itsThreadInheritsNothingOfTheFirstCaller() throws InterruptedException {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        ClassLoader theirs = new ClassLoader(null) {
        };
        Thread first = new Thread(() -> {
            local.set("request 7");
            watch.add(() -> seen.complete("%s %s".formatted(local.get(),
                    Thread.currentThread().getContextClassLoader() == theirs)));
        });
        first.setContextClassLoader(theirs);
        first.start();
        first.join();
        assertTrue(comes(manyLooks));
        asleep = Duration.ofHours(1);

        assertEquals("null false", seen.join());
    }

    @Test
    void removedCallbacksAreNotCalledAndReturningOnesAre() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        watch.add(told::incrementAndGet).run();
        CountDownLatch later = new CountDownLatch(1);
        Runnable end = watch.add(later::countDown);
        assertTrue(comes(manyLooks));
        asleep = Duration.ofHours(1);
        assertTrue(comes(later));
        assertEquals(0, told.get());
        end.run();
    }
}
