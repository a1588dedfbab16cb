package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void eachIsMoreThanZeroAndAtMostAYear() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertTrue(refusal(wrong, SECOND, SECOND, SECOND, SECOND, SECOND).contains("\"reply\""));
            assertTrue(refusal(SECOND, wrong, SECOND, SECOND, SECOND, SECOND).contains("\"wholeReply\""));
            assertTrue(refusal(SECOND, SECOND, wrong, SECOND, SECOND, SECOND).contains("\"send\""));
            assertTrue(refusal(SECOND, SECOND, SECOND, wrong, SECOND, SECOND).contains("\"connect\""));
            assertTrue(refusal(SECOND, SECOND, SECOND, SECOND, wrong, SECOND).contains("\"close\""));
            assertTrue(refusal(SECOND, SECOND, SECOND, SECOND, SECOND, wrong).contains("\"pause\""));
        }
        Duration year = Duration.ofDays(365);
        assertEquals(year, new Timeouts(year, year, Duration.ofNanos(1), year, year, year).connect());
    }

    private static String refusal(Duration reply, Duration wholeReply, Duration send, Duration connect, Duration close,
            Duration pause) {
        return assertThrows(IllegalArgumentException.class,
                () -> new Timeouts(reply, wholeReply, send, connect, close, pause))
                .getMessage();
    }

    @Test
    void defaults() {
        assertEquals(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5), Duration.ofSeconds(5)), Timeouts.DEFAULT);
    }

    @Test
    void eachIsChangedForItself() {
        assertEquals(
                new Timeouts(Duration.ofSeconds(11), Duration.ofSeconds(16), Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(14), Duration.ofSeconds(15)),
                Timeouts.DEFAULT.withReply(Duration.ofSeconds(11)).withSend(Duration.ofSeconds(12))
                        .withConnect(Duration.ofSeconds(13)).withClose(Duration.ofSeconds(14))
                        .withPause(Duration.ofSeconds(15)).withWholeReply(Duration.ofSeconds(16)));
    }
}
