package dev.bayeux.tests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveThreadsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final CountDownLatch latch = new CountDownLatch(1);

    @AfterEach
    void release() {
        latch.countDown();
    }

    private void waitForLatch() {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread.Builder builder(boolean virtual) {
        return virtual ? Thread.ofVirtual() : Thread.ofPlatform();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatIsLeftIsNamed(boolean virtual) {
        LiveThreads before = LiveThreads.now();
        builder(virtual).name("left behind").start(this::waitForLatch);
        AssertionError error = assertThrows(AssertionError.class, () -> before.awaitNoneAdded(SHORT));
        assertTrue(error.getMessage().contains("left behind"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatEndsInTimeIsNone(boolean virtual) {
        LiveThreads before = LiveThreads.now();
        builder(virtual).start(() -> {});
        assertDoesNotThrow(() -> before.awaitNoneAdded(LONG));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadFromBeforeIsNone(boolean virtual) {
        builder(virtual).start(this::waitForLatch);
        LiveThreads before = LiveThreads.now();
        assertDoesNotThrow(() -> before.awaitNoneAdded(SHORT));
    }

    @Test
    void threadsOfTestServersAreNone() {
        LiveThreads before = LiveThreads.now();
        builder(true).name("test-server-1").start(this::waitForLatch);
        builder(false).name("test-server-2").start(this::waitForLatch);
        assertDoesNotThrow(() -> before.awaitNoneAdded(SHORT));
    }
}
