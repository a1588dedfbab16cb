package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void everyDurationCanBeCounted() {
        long now = System.nanoTime();

        assertTrue(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)) - now >= Duration.ofDays(365).toNanos());
        assertTrue(Deadline.after(Duration.ofHours(1)) - now >= Duration.ofHours(1).toNanos());
        assertTrue(Deadline.after(Duration.ZERO) - now >= 0);
    }

    @Test
    void lessThanZeroIsZero() {
        long deadline = Deadline.after(Duration.ofSeconds(Long.MIN_VALUE));

        assertTrue(deadline - System.nanoTime() <= 0);
        assertTrue(Deadline.after(Duration.ofDays(-400)) - deadline >= 0);
    }
}
