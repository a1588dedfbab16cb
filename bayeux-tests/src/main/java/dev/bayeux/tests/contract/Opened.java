package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a test has opened and sent, and what must be ended after it. */
final class Opened {

    /** How long a broken transport may delay the next test. */
    private static final Duration CLEANING = Duration.ofMillis(100);

    private final List<Transport> transports = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();

    Transport add(Transport transport) {
        transports.add(transport);
        return transport;
    }

    Sending add(Sending sending) {
        sendings.add(sending);
        return sending;
    }

    void close() throws InterruptedException {
        sendings.forEach(Sending::interrupt);
        // In the background: whether close ends is a separate rule, and must not spoil the others.
        List<Thread> closing = transports.stream()
                .map(transport -> Thread.ofVirtual().name("test-close").start(transport::close)).toList();
        for (Thread thread : closing) {
            thread.join(CLEANING);
        }
    }
}
