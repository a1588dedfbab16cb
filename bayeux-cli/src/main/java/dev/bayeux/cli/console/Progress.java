package dev.bayeux.cli.console;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The line that says what is waited for, and for how long. Closing it takes the line away. */
public final class Progress implements AutoCloseable {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** What is faster than this needs no line. */
    private static final long PATIENCE = Duration.ofMillis(300).toNanos();

    /** What follows the text: the seconds. */
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
     * @param text what is waited for now
     */
    public void tell(String text) {
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
            long patience = PATIENCE;
            while (!closed && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            // A line that the terminal would break could not be taken away.
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
