package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.runtime.OwnedThreads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing waits for threads, and interrupts those that do not end. */
class ClientThreadsTest {

    private final List<String> interrupted = new ArrayList<>();
    private final ClientThreads threads = new ClientThreads();

    private OwnedThreads named(String name, boolean ends) {
        return new OwnedThreads() {
            @Override
            public boolean awaitIdle(long deadlineNs) throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return ends;
            }

            @Override
            public void interrupt() {
                interrupted.add(name);
            }
        };
    }

    @Test
    void threadsThatRunAtTheDeadlineAreInterrupted() {
        threads.add(named("handlers", false));
        threads.addProtocol(named("session", true));
        threads.addProtocol(named("send", false));

        threads.joinAll(0);

        assertEquals(List.of("send", "handlers"), interrupted);
    }

    @Test
    void anInterruptOfTheCallerInterruptsAllAndStays() {
        threads.addProtocol(named("session", true));
        threads.add(named("handlers", true));
        Thread.currentThread().interrupt();

        threads.joinAll(0);

        assertTrue(Thread.interrupted(), "the flag is kept");
        assertEquals(List.of("session", "handlers"), interrupted);
    }
}
