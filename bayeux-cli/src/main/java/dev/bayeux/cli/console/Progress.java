package dev.bayeux.cli.console;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Shows what the command waits for, and for how long, on one line of the terminal. Closing erases the line. */
public final class Progress implements AutoCloseable {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** The wait before the line appears. */
    private static final long DELAY = Duration.ofMillis(300).toNanos();

    /** The columns for the seconds after the text. */
    private static final int REST = " ... 9999 s".length();

    private final Console console;
    private final long since = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final @Nullable Thread painter;
    private String what;
    private boolean closed;

    Progress(Console console, String what, boolean visible) {
        this.console = console;
        this.what = what;
        this.painter = visible ? Thread.ofVirtual().name("bayeux-cli-progress").start(this::paint) : null;
    }

    /**
     * Changes the text of the line.
     *
     * @param text what the command waits for now
     */
    public void show(String text) {
        lock.lock();
        try {
            what = text;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (painter != null) {
            boolean interrupted = Thread.interrupted();
            try {
                painter.join(Duration.ofSeconds(1));
            } catch (InterruptedException again) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void paint() {
        lock.lock();
        try {
            long delay = DELAY;
            while (!closed && delay > 0) {
                delay = changed.awaitNanos(delay);
            }
            // A line that the terminal wraps could not be erased.
            int width = Math.max(1, TerminalWidth.ofError() - 1 - REST);
            while (!closed) {
                long passed = System.nanoTime() - since;
                String text = what.length() > width ? what.substring(0, width) : what;
                console.status(passed < 2 * SECOND ? text + " ..." : "%s ... %d s".formatted(text, passed / SECOND));
                changed.awaitNanos(SECOND);
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        console.status("");
    }
}
