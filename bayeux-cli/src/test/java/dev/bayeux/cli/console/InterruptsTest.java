package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signals interrupt the command, then end the process. */
class InterruptsTest {

    private final List<Integer> halted = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final Interrupts interrupts = new Interrupts(halted::add, clock::get);

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    private void raise(int signal, long millisLater) {
        clock.addAndGet(Duration.ofMillis(millisLater).toNanos());
        interrupts.raise(signal);
    }

    @Test
    void theFirstSignalInterruptsAndTheSecondEndsTheProcess() {
        raise(2, 0);
        assertTrue(Thread.currentThread().isInterrupted());
        assertEquals(List.of(), halted);
        raise(2, 300);
        assertEquals(List.of(130), halted);
    }

    /** The program {@code timeout} sends its signal to the process and to its group. */
    @Test
    void theSameSignalTwiceAtOnceCountsOnce() {
        raise(15, 0);
        raise(15, 1);
        assertEquals(List.of(), halted);
        raise(2, 1);
        assertEquals(List.of(143), halted);
    }
}
