package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTimesTest {

    private static final int MANY = 100_000;

    private final RetryTimes<String> times = new RetryTimes<>();

    @Test
    void theEarliestIsDueFirst() {
        assertEquals(Long.MAX_VALUE, times.earliestNs());
        times.put("b", 20);
        times.put("a", 10);
        times.put("c", 20);
        assertEquals(10, times.earliestNs());
        assertEquals(List.of(), times.due(9));
        assertEquals(List.of("a", "b", "c"), times.due(20));
        assertEquals(List.of("a"), times.due(19), "they stay until they are removed");
    }

    @Test
    void aKeyHasOneTime() {
        times.put("a", 10);
        times.put("a", 30);
        assertEquals(30, times.earliestNs());
        assertTrue(times.remove("a"));
        assertFalse(times.remove("a"));
        assertEquals(Long.MAX_VALUE, times.earliestNs());
        times.put("a", 5);
        times.clear();
        assertEquals(List.of(), times.due(5));
    }

    /** A client can have so many subscriptions, and looks after each input. */
    @Test
    void theEarliestOfManyIsFoundWithoutASearch() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int n = 0; n < MANY; n++) {
                times.put("channel " + n, n);
            }
            for (int n = 0; n < MANY; n++) {
                assertEquals(n, times.earliestNs());
                times.remove("channel " + n);
            }
        });
    }
}
