package dev.bayeux.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Handles Ctrl-C and other signals. The first signal interrupts the thread that runs the command, so that the command
 * can disconnect. The second signal ends the process at once.
 */
public final class Interrupts {

    /**
     * The program {@code timeout} sends its signal to the process and then to its group. Equal signals within this time
     * count as one.
     */
    private static final long TWIN = Duration.ofMillis(250).toNanos();

    private final Thread command = Thread.currentThread();
    private final AtomicReference<@Nullable Raised> first = new AtomicReference<>();
    private final IntConsumer end;
    private final LongSupplier clock;

    /** A signal and the time of its arrival. */
    private record Raised(int signal, long nanos) {

        boolean isTwinOf(Raised other) {
            return signal == other.signal && nanos - other.nanos <= TWIN;
        }
    }

    /**
     * Makes a handler that interrupts the calling thread.
     *
     * @param end ends the process at once with that status
     */
    public Interrupts(IntConsumer end) {
        this(end, System::nanoTime);
    }

    /**
     * Makes a handler that interrupts the calling thread, with a clock.
     *
     * @param end ends the process at once with that status
     * @param clock gives nanoseconds, as {@code System.nanoTime} does
     */
    public Interrupts(IntConsumer end, LongSupplier clock) {
        this.end = end;
        this.clock = clock;
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
     * Handles a signal.
     *
     * @param signal its number
     */
    public void raise(int signal) {
        Raised now = new Raised(signal, clock.getAsLong());
        Raised earlier = first.compareAndExchange(null, now);
        if (earlier == null) {
            command.interrupt();
        } else if (!now.isTwinOf(earlier)) {
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
        return first.get() != null;
    }

    /**
     * {@return the exit code of a process that a signal has ended, 128 more than its number; 130 if there was none}
     */
    public int exitCode() {
        Raised raised = first.get();
        return 128 + (raised == null ? 2 : raised.signal());
    }

    /**
     * Waits.
     *
     * @param time how long
     * @throws InterruptedException if a signal comes
     */
    public static void pause(Duration time) throws InterruptedException {
        if (!time.isZero() && new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("The latch was counted down, which no code does.");
        }
    }
}
