package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkerTest {

    private static long soon() {
        return ClientRuntime.jvm().after(Duration.ofSeconds(5));
    }

    @Test
    void runsOnANamedVirtualThreadThatEndsWithTheTask() throws InterruptedException {
        LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Worker worker = new Worker(ClientRuntime.jvm(), "bayeux-test");
        Worker.Task task = () -> threads.add(Thread.currentThread());
        assertTrue(worker.isIdle());

        worker.wake(task);
        Thread thread = threads.take();
        assertTrue(thread.isVirtual());
        assertEquals("bayeux-test", thread.getName());
        assertTrue(worker.awaitIdle(soon()));
        assertTrue(thread.join(Duration.ofSeconds(5)));
    }

    @Test
    void runsNeverOverlapAndNoWakeIsLost() throws InterruptedException {
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            overlapped.compareAndSet(false, inside.incrementAndGet() != 1);
            done.addAndGet(waiting.getAndSet(0));
            inside.decrementAndGet();
        };
        List<Thread> wakers = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            wakers.add(Thread.ofVirtual().start(() -> {
                for (int call = 0; call < 2000; call++) {
                    waiting.incrementAndGet();
                    worker.wake(task);
                }
            }));
        }
        for (Thread waker : wakers) {
            waker.join();
        }

        assertTrue(worker.awaitIdle(soon()));
        assertEquals(16_000, done.get());
        assertFalse(overlapped.get());
    }

    @Test
    void aWakeDuringARunMakesOneMore() throws InterruptedException {
        Semaphore mayEnd = new Semaphore(0);
        LinkedBlockingQueue<Thread> runs = new LinkedBlockingQueue<>();
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            runs.add(Thread.currentThread());
            mayEnd.acquireUninterruptibly();
        };
        worker.wake(task);
        Thread first = runs.take();
        worker.wake(task);
        worker.wake(task);
        assertFalse(worker.isIdle());
        mayEnd.release(2);

        assertNotSame(first, runs.take());
        assertTrue(worker.awaitIdle(soon()));
        assertTrue(runs.isEmpty());
    }

    @Test
    void aTaskThatThrowsLosesNoWake() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(2);
        Semaphore mayThrow = new Semaphore(0);
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {
                // Not printed.
            });
            runs.countDown();
            mayThrow.acquireUninterruptibly();
            throw new IllegalStateException();
        };
        worker.wake(task);
        worker.wake(task);
        mayThrow.release(2);

        assertTrue(runs.await(5, TimeUnit.SECONDS));
        assertTrue(worker.awaitIdle(soon()));
        worker.wake(task);
        mayThrow.release();
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void anInterruptStatusOfOneRunDoesNotReachTheNext() throws InterruptedException {
        LinkedBlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        Semaphore mayEnd = new Semaphore(0);
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            mayEnd.acquireUninterruptibly();
            Thread.currentThread().interrupt();
        };
        worker.wake(task);
        assertFalse(interrupted.take());
        worker.wake(task);
        mayEnd.release(2);

        assertFalse(interrupted.take());
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void interruptEndsTheRunAndAllThatWouldFollow() throws InterruptedException {
        LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
        Semaphore running = new Semaphore(0);
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            running.release();
            try {
                new Semaphore(0).acquire();
            } catch (InterruptedException interrupted) {
                ends.add("interrupted");
            }
        };
        worker.wake(task);
        running.acquire();
        worker.wake(task);
        assertFalse(worker.isStopped());
        worker.interrupt();
        worker.wake(task);

        assertTrue(worker.awaitIdle(soon()));
        assertTrue(worker.isStopped());
        assertEquals(List.of("interrupted"), List.copyOf(ends));
    }

    @Test
    void theTaskCanStopItsWorkerAndIsNotInterruptedByThat() throws InterruptedException {
        LinkedBlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        List<Worker> self = new ArrayList<>();
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            self.getFirst().interrupt();
            seen.add(Thread.currentThread().isInterrupted());
        };
        self.add(worker);
        worker.wake(task);

        assertFalse(seen.take());
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void awaitIdleEndsAtItsDeadline() throws InterruptedException {
        Semaphore mayEnd = new Semaphore(0);
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = mayEnd::acquireUninterruptibly;
        worker.wake(task);

        assertFalse(worker.awaitIdle(ClientRuntime.jvm().after(Duration.ZERO)));
        assertFalse(worker.awaitIdle(ClientRuntime.jvm().after(Duration.ofMillis(1))));
        mayEnd.release();
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void awaitIdleIsEndedByAnInterrupt() throws InterruptedException {
        Semaphore mayEnd = new Semaphore(0);
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = mayEnd::acquireUninterruptibly;
        worker.wake(task);
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> worker.awaitIdle(soon()));
        mayEnd.release();
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void theTaskDoesNotWaitForItself() throws InterruptedException {
        LinkedBlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        List<Worker> self = new ArrayList<>();
        Worker worker = new Worker(ClientRuntime.jvm(), "test");
        Worker.Task task = () -> {
            try {
                seen.add(self.getFirst().isCurrent() && self.getFirst().awaitIdle(Long.MAX_VALUE));
            } catch (InterruptedException unexpected) {
                seen.add(false);
            }
        };
        self.add(worker);
        worker.wake(task);

        assertTrue(seen.take());
        assertFalse(worker.isCurrent());
    }

    // On an executor of the program

    private final LinkedBlockingQueue<Throwable> rejected = new LinkedBlockingQueue<>();

    private static Worker on(Executor executor) {
        return new Worker(ClientRuntime.jvm(), "test", executor);
    }

    private Worker.Task task(Runnable work) {
        return new Worker.Task() {

            @Override
            public void work() {
                work.run();
            }

            @Override
            public void notStarted(Throwable failure) {
                rejected.add(failure);
            }
        };
    }

    @Test
    void runsOnThePoolOfTheProgram() throws InterruptedException {
        try (ExecutorService pool = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("theirs").factory())) {
            LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
            Worker worker = on(pool);
            Worker.Task task = task(() -> names.add(Thread.currentThread().getName()));
            worker.wake(task);
            assertEquals("theirs", names.take());
            assertTrue(worker.awaitIdle(soon()));
            worker.wake(task);
            assertEquals("theirs", names.take());
        }
    }

    @Test
    void anExecutorThatRunsTasksAtOnceDoesNotDelayTheCaller() throws InterruptedException {
        Semaphore mayEnd = new Semaphore(0);
        CompletableFuture<Thread> runs = new CompletableFuture<>();
        Worker worker = on(Runnable::run);
        Worker.Task task = task(() -> {
            runs.complete(Thread.currentThread());
            mayEnd.acquireUninterruptibly();
        });
        worker.wake(task);
        assertNotSame(Thread.currentThread(), runs.join());
        mayEnd.release();
        assertTrue(worker.awaitIdle(soon()));
    }

    @Test
    void aRejectedTaskIsReportedAndGivenAgain() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        Worker worker = on(task -> {
            if (calls.incrementAndGet() == 1) {
                throw new RejectedExecutionException("full");
            }
            Thread.ofPlatform().start(task);
        });
        Worker.Task task = task(done::countDown);
        worker.wake(task);

        assertEquals("full", rejected.take().getMessage());
        assertTrue(done.await(8, TimeUnit.SECONDS));
        assertTrue(rejected.isEmpty());
    }

    @Test
    void anExecutorThatRejectsAllDoesNotDelayTheEnd() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        LinkedBlockingQueue<Runnable> late = new LinkedBlockingQueue<>();
        Worker worker = on(task -> {
            late.add(task);
            throw new NoClassDefFoundError("on purpose");
        });
        Worker.Task task = task(() -> ran.set(true));
        worker.wake(task);
        assertEquals("on purpose", rejected.take().getMessage());
        assertFalse(worker.awaitIdle(Long.MAX_VALUE));
        worker.interrupt();
        assertTrue(worker.isIdle());
        late.take().run();
        assertFalse(ran.get(), "nothing runs after the end");
    }

    @Test
    void anExecutorThatRunsATaskTwiceRunsItOnce() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = on(task -> {
            task.run();
            task.run();
        });
        Worker.Task task = task(runs::incrementAndGet);
        worker.wake(task);
        assertTrue(worker.awaitIdle(soon()));
        worker.wake(task);
        assertTrue(worker.awaitIdle(soon()));
        assertEquals(2, runs.get());
    }

    @Test
    void theInterruptOfTheEndIsNotLeftOnThePoolsThread() throws InterruptedException {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            CountDownLatch runs = new CountDownLatch(1);
            Worker worker = on(pool);
            Worker.Task task = task(() -> {
                runs.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
            worker.wake(task);
            runs.await();
            worker.interrupt();
            assertTrue(worker.awaitIdle(soon()));
            assertFalse(CompletableFuture.supplyAsync(() -> Thread.currentThread().isInterrupted(), pool).join());
        }
    }

    @Test
    void noWakeIsLostOnAPoolEither() throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            AtomicInteger waiting = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            AtomicInteger inside = new AtomicInteger();
            AtomicBoolean overlapped = new AtomicBoolean();
            Worker worker = on(pool);
            Worker.Task task = task(() -> {
                overlapped.compareAndSet(false, inside.incrementAndGet() != 1);
                done.addAndGet(waiting.getAndSet(0));
                inside.decrementAndGet();
            });
            for (int call = 0; call < 5000; call++) {
                waiting.incrementAndGet();
                worker.wake(task);
            }
            assertTrue(worker.awaitIdle(soon()));
            assertEquals(5000, done.get());
            assertFalse(overlapped.get());
        }
    }
}
