package dev.bayeux.core.simulation;

import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What one client gets of the world. It owns the threads that it starts. */
final class SimulatedRuntime implements ClientRuntime {

    private final World world;

    private final List<Runnable> awakes = new ArrayList<>();

    SimulatedRuntime(World world) {
        this.world = world;
    }

    @Override
    public long nanoTime() {
        world.pause();
        return world.nowNs();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(world.nowNs());
    }

    @Override
    public long seed() {
        return world.random.nextLong();
    }

    @Override
    public ReentrantLock newLock() {
        return new SimulatedLock(world);
    }

    @Override
    public Runnable onSleep(Runnable awake) {
        Runnable own = awake::run;
        awakes.add(own);
        return () -> awakes.remove(own);
    }

    /** The machine has slept; says so before and after the clients hear of it. */
    void wake(Runnable saying) {
        world.start("clock", SimulatedRuntime.class, () -> {
            for (Runnable awake : List.copyOf(awakes)) {
                saying.run();
                awake.run();
                saying.run();
            }
        });
    }

    @Override
    public Thread start(String name, Runnable task) {
        return world.start(name, this, task);
    }

    @Override
    public void join(Thread thread, Duration limit) throws InterruptedException {
        CompletableFuture<?> end = world.actorOf(thread).end;
        isComplete(end, world.nowNs() + limit.toNanos());
    }

    @Override
    public <T> T get(CompletableFuture<T> future, long limitNs)
            throws InterruptedException, ExecutionException, TimeoutException {
        Thread waiter = Thread.currentThread();
        future.whenComplete((result, failure) -> LockSupport.unpark(waiter));
        if (!world.await(future::isDone, world.nowNs() + Math.max(0, limitNs))) {
            throw new TimeoutException();
        }
        world.pause();
        return future.get();
    }
}
