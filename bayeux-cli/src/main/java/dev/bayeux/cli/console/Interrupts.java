package dev.bayeux.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;

/**
 * What Ctrl-C and other signals do: the first one interrupts the thread that runs the command, so that it can disconnect
 * politely; the second one ends the process at once.
 */
public final class Interrupts {

    private static final int NONE = 0;

    private final Thread command = Thread.currentThread();
    private final AtomicInteger first = new AtomicInteger(NONE);
    private final IntConsumer end;

    /**
     * For the thread that calls this.
     *
     * @param end ends the process at once with that status
     */
    public Interrupts(IntConsumer end) {
        this.end = end;
    }

    /**
     * Listens to the signals of this process.
     *
     * @return this
     */
    public Interrupts listen() {
        Signals.register("INT", () -> raise(2));
        Signals.register("TERM", () -> raise(15));
        Signals.register("HUP", () -> raise(1));
        return this;
    }

    /**
     * A signal has come.
     *
     * @param signal its number
     */
    public void raise(int signal) {
        if (first.compareAndSet(NONE, signal)) {
            command.interrupt();
        } else {
            end.accept(exitCode());
        }
    }

    /** Interrupts the thread that runs the command, unless it is the one that calls this. */
    void interruptCommand() {
        if (Thread.currentThread() != command) {
            command.interrupt();
        }
    }

    /**
     * {@return whether a signal has come}
     */
    public boolean isRaised() {
        return first.get() != NONE;
    }

    /**
     * {@return the exit code of a process that a signal has ended, 128 more than its number; 130 if there was none}
     */
    public int exitCode() {
        int signal = first.get();
        return 128 + (signal == NONE ? 2 : signal);
    }

    /**
     * Lets time pass.
     *
     * @param time how much
     * @throws InterruptedException if a signal comes
     */
    public static void pause(Duration time) throws InterruptedException {
        if (!time.isZero() && new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("Nobody counts this down.");
        }
    }
}
