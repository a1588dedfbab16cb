package dev.bayeux.core.loop;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.core.protocol.ClientView;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives inputs to the {@link ProtocolCore} of one client, one at a time, and carries out the effects, in their order.
 * Owns the client's only lock around the protocol; nothing waits for the network or runs the program's code under it.
 */
public final class ClientLoop {

    /** The most messages of a reply that are processed under the lock at once, so that no server decides how long it is held. */
    static final int SLICE = 256;

    private static final Input FLUSH = new Input.Flush();

    /** A caller that waits. */
    private static final class Waiter {

        private final Predicate<ClientView> condition;
        private final Condition wake;
        private boolean satisfied;

        Waiter(Predicate<ClientView> condition, Condition wake) {
            this.condition = condition;
            this.wake = wake;
        }
    }

    private final ClientRuntime runtime;
    private final ProtocolCore core;
    private final String timerName;
    private final ReentrantLock lock;
    private final Condition timeChanged;
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final ClientView view;
    private Consumer<Effect> performer = effect -> {
        throw new IllegalStateException("Nothing carries out " + effect);
    };
    private boolean taking;
    private long testedVersion;
    private @Nullable Thread timer;
    private long timerAtNs;
    private volatile boolean closed;
    /** The first failure of the inputs that are being taken. */
    private @Nullable Throwable failure;

    /** Makes a loop; {@link #perform} must be called before the first input. */
    public ClientLoop(ClientRuntime runtime, ProtocolCore core, String clientName) {
        this.runtime = runtime;
        this.core = core;
        this.timerName = "bayeux-" + clientName + "-timer";
        this.lock = runtime.newLock();
        this.timeChanged = lock.newCondition();
        this.view = core.view();
    }

    /**
     * Sets the code that carries out effects, which must not wait and may call {@link #accept}; called once, before the first
     * input.
     */
    public void perform(Consumer<Effect> newPerformer) {
        performer = newPerformer;
    }

    // Inputs

    /**
     * Takes an input. When this method returns, all its effects were carried out or started on other threads. An input that
     * an effect accepts is taken after the effects of this one.
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint only: other threads wait for the lock
    public void accept(Input input) {
        if (input instanceof Input.Received reply && reply.to() - reply.from() > SLICE) {
            for (int from = reply.from(); from < reply.to(); from += SLICE) {
                take(reply.slice(from, Math.min(reply.to(), from + SLICE)));
                if (lock.hasQueuedThreads()) {
                    Thread.yield();
                }
            }
        } else {
            take(input);
        }
    }

    /** Takes an input that the core answers, and returns the answer. Not for code that carries out effects. */
    public boolean ask(Input.Question question) {
        lock.lock();
        try {
            take(question);
            return core.answer();
        } finally {
            lock.unlock();
        }
    }

    private void take(Input input) {
        lock.lock();
        try {
            inputs.addLast(input);
            if (!taking) {
                taking = true;
                try {
                    takeAll();
                } finally {
                    taking = false;
                    keepTime();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Carries out all other effects and takes all inputs, even if one effect throws. The first exception carries the others. */
    private void takeAll() {
        failure = null;
        boolean flushed = false;
        while (!flushed || !inputs.isEmpty()) {
            Input next = inputs.pollFirst();
            flushed = next == null;
            try {
                step(next == null ? FLUSH : next);
            } catch (Throwable failed) {
                keep(failed);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void keep(Throwable failed) {
        Throwable first = failure;
        if (first == null) {
            failure = failed;
        } else if (first != failed) {
            first.addSuppressed(failed);
        }
    }

    private void step(Input input) {
        closed |= input instanceof Input.Close;
        boolean reported = false;
        for (Effect effect : core.on(input, runtime.nanoTime())) {
            try {
                performer.accept(effect);
            } catch (Throwable failed) {
                keep(failed);
            }
            if (effect instanceof Effect.ReportState shown) {
                reported = true;
                view.show(shown.state());
                test();
            }
        }
        if (reported) {
            view.show(null);
        }
        long version = core.version();
        if (testedVersion != version) {
            testedVersion = version;
            test();
        }
    }

    private void test() {
        for (Waiter each : waiters) {
            if (!each.satisfied && each.condition.test(view)) {
                each.satisfied = true;
                each.wake.signal();
            }
        }
    }

    // Waiting and reading

    /**
     * Waits until a condition has held, even for an instant; {@code false} if the deadline comes first. The condition is
     * tested under the lock, on any thread.
     */
    public boolean await(Predicate<ClientView> condition, long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (condition.test(view)) {
                return true;
            }
            Waiter waiter = new Waiter(condition, lock.newCondition());
            waiters.add(waiter);
            try {
                while (!waiter.satisfied) {
                    long leftNs = deadlineNs - runtime.nanoTime();
                    if (leftNs <= 0) {
                        return false;
                    }
                    waiter.wake.awaitNanos(leftNs);
                }
                return true;
            } finally {
                waiters.remove(waiter);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return an answer about the client's present state} The question is asked under the lock and must not wait. */
    public <T> T look(Function<ClientView, T> question) {
        lock.lock();
        try {
            return question.apply(view);
        } finally {
            lock.unlock();
        }
    }

    /** Throws if the client was closed. Called for each message that is published, so without the lock. */
    public void checkOpen() {
        if (isClosed()) {
            throw new ClientClosedException("The client is closed; closed is final, so build another one.");
        }
    }

    public boolean isClosed() {
        return closed;
    }

    // Time

    /** Starts or wakes the timer. Called with the lock; the timer's thread exists only while a time is due. */
    private void keepTime() {
        long atNs = core.wakeAtNs();
        if (timer != null) {
            if (atNs < timerAtNs || atNs == Long.MAX_VALUE) {
                timeChanged.signal();
            }
        } else if (atNs != Long.MAX_VALUE) {
            timerAtNs = atNs;
            timer = runtime.start(timerName, this::runTimer);
        }
    }

    private void runTimer() {
        lock.lock();
        try {
            for (timerAtNs = core.wakeAtNs(); timerAtNs != Long.MAX_VALUE; timerAtNs = core.wakeAtNs()) {
                long leftNs = timerAtNs - runtime.nanoTime();
                if (leftNs <= 0) {
                    take(new Input.Time());
                } else {
                    awaitTime(leftNs);
                }
            }
        } finally {
            timer = null;
            lock.unlock();
        }
    }

    /** Waits once: the caller looks at the time again. */
    @SuppressWarnings("WaitNotInLoop")
    private void awaitTime(long leftNs) {
        try {
            timeChanged.awaitNanos(leftNs);
        } catch (InterruptedException interrupted) {
            // The timer ends when there is no time to wait for.
        }
    }

    public boolean awaitTimer(long deadlineNs) throws InterruptedException {
        Thread running;
        lock.lockInterruptibly();
        try {
            running = timer;
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            runtime.join(running, Duration.ofNanos(Math.max(1, deadlineNs - runtime.nanoTime())));
        }
        return true;
    }
}
