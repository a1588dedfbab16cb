package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A lock around which threads lose the processor, and whose conditions wait by the clock of the world. */
final class SimulatedLock extends ReentrantLock {

    private static final long serialVersionUID = 1L;

    private final transient World world;

    SimulatedLock(World world) {
        this.world = world;
    }

    @Override
    public void lock() {
        world.pause();
        super.lock();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        world.pause();
        super.lockInterruptibly();
    }

    @Override
    public void unlock() {
        super.unlock();
        world.pause();
    }

    @Override
    public Condition newCondition() {
        return new Waiting();
    }

    private int release() {
        int holds = getHoldCount();
        if (holds == 0) {
            throw new IllegalMonitorStateException();
        }
        for (int n = 0; n < holds; n++) {
            super.unlock();
        }
        return holds;
    }

    private void reacquire(int holds) {
        for (int n = 0; n < holds; n++) {
            super.lock();
        }
    }

    private static final class Waiter {

        private final Thread thread = Thread.currentThread();
        private boolean signalled;
    }

    private final class Waiting implements Condition {

        private final List<Waiter> waiters = new ArrayList<>();

        private boolean awaitUntil(long deadlineNs) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Waiter waiter = new Waiter();
            waiters.add(waiter);
            int holds = release();
            try {
                return world.await(() -> waiter.signalled, deadlineNs);
            } finally {
                waiters.remove(waiter);
                reacquire(holds);
            }
        }

        @Override
        public void await() throws InterruptedException {
            awaitUntil(Long.MAX_VALUE);
        }

        @Override
        public long awaitNanos(long timeoutNs) throws InterruptedException {
            long deadlineNs = world.nowNs() + timeoutNs;
            awaitUntil(deadlineNs);
            return deadlineNs - world.nowNs();
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return awaitNanos(unit.toNanos(time)) > 0;
        }

        @Override
        public void awaitUninterruptibly() {
            throw new UnsupportedOperationException("nobody waits without being interruptible");
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException("nobody waits by the calendar");
        }

        @Override
        public void signal() {
            signal(1);
        }

        @Override
        public void signalAll() {
            signal(Integer.MAX_VALUE);
        }

        private void signal(int most) {
            if (!isHeldByCurrentThread()) {
                throw new IllegalMonitorStateException();
            }
            waiters.stream().filter(waiter -> !waiter.signalled).limit(most).toList().forEach(waiter -> {
                waiter.signalled = true;
                LockSupport.unpark(waiter.thread);
            });
        }
    }
}
