package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"-1,1000", "0,1000", "1,1000", "2,1414", "3,2000", "4,2828", "5,4000", "6,5656", "7,8000", "8,11313",
            "9,16000", "10,22627", "11,30000", "12,30000", "2147483647,30000"})
    @Tag("C-102")
    void backoffDoublesWithEverySecondFailureUpToItsMaximum(int failures, long millis) {
        assertEquals(millis, Backoff.DEFAULT.delay(failures, 0).toMillis());
    }

    @Test
    @Tag("C-104")
    void jitterIsAddedOnTop() {
        assertEquals(Duration.ofMillis(1100), Backoff.DEFAULT.delay(1, 0.5));
        assertEquals(Duration.ofSeconds(33), Backoff.DEFAULT.delay(11, 0.5));
        assertEquals(SECOND, Backoff.DEFAULT.withJitter(0).delay(1, 0.999));
        assertEquals(Duration.ofMillis(1500), Backoff.DEFAULT.withJitter(1).delay(1, 0.5));
        assertTrue(Backoff.DEFAULT.delay(1, Math.nextDown(1.0)).compareTo(Duration.ofMillis(1200)) <= 0);
    }

    @Test
    void extremesCanBeCounted() {
        Backoff longest = Backoff.of(Duration.ofNanos(1), Duration.ofDays(365)).withJitter(1);

        assertEquals(Duration.ofNanos(1), longest.delay(1, 0));
        assertEquals(Duration.ofNanos(1L << 40), longest.delay(81, 0));
        assertTrue(longest.delay(Integer.MAX_VALUE, 0.9).compareTo(Duration.ofDays(365)) > 0);
        assertEquals(Duration.ofDays(365), Backoff.of(Duration.ofDays(365), Duration.ofDays(365)).delay(5, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT31S"})
    void theIncrementIsMoreThanZeroAndNotMoreThanTheMaximum(String increment) {
        assertThrows(IllegalArgumentException.class,
                () -> Backoff.of(Duration.parse(increment), Duration.ofSeconds(30)));
    }

    @Test
    void nothingIsLongerThanAYear() {
        Duration longer = Duration.ofDays(365).plusNanos(1);

        assertThrows(IllegalArgumentException.class, () -> Backoff.of(SECOND, longer));
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withMaxTime(longer));
        assertEquals(Optional.of(Duration.ofDays(365)), Backoff.DEFAULT.withMaxTime(Duration.ofDays(365)).maxTime());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void jitterIsAFraction(double jitter) {
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withJitter(jitter));
    }

    @Test
    void limitsAreMoreThanZero() {
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withMaxAttempts(0));
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withMaxTime(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withMaxAttempts(-1));
        assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withMaxTime(Duration.ofMillis(-1)));
    }

    @Test
    void theOthersStayAsTheyAre() {
        Backoff backoff = Backoff.of(SECOND, SECOND).withMaxAttempts(3).withMaxTime(SECOND).withJitter(0.5);

        assertEquals("Backoff[increment=PT1S, maximum=PT1S, jitter=0.5, maxAttempts=3, maxTime=PT1S]",
                backoff.toString());
        assertEquals("Backoff[increment=PT1S, maximum=PT30S, jitter=0.2, maxAttempts=none, maxTime=none]",
                Backoff.DEFAULT.toString());
        assertEquals(Backoff.of(SECOND, SECOND).withJitter(0.5), backoff.withoutMaxAttempts().withoutMaxTime());
        assertEquals(OptionalInt.of(3), backoff.maxAttempts());
        assertEquals(OptionalInt.empty(), Backoff.DEFAULT.maxAttempts());
        assertEquals(Optional.empty(), Backoff.DEFAULT.maxTime());
    }
}
