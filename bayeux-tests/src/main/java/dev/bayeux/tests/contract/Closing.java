package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Transport;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assertions;

/** Closes a transport and fails if that throws, or does not end in time. */
final class Closing {

    private Closing() {
    }

    static void of(Transport transport, Duration patience) throws InterruptedException {
        FutureTask<Boolean> closing = new FutureTask<>(transport::close, true);
        Thread thread = Thread.ofVirtual().name("test-close").start(closing);
        Assertions.assertTrue(thread.join(patience), "close has not ended within %s".formatted(patience));
        try {
            closing.get();
        } catch (ExecutionException thrown) {
            throw new AssertionError("close has thrown %s".formatted(thrown.getCause()), thrown.getCause());
        }
    }
}
