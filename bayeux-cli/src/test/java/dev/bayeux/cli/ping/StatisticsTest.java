package dev.bayeux.cli.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statistics are computed from measured round trips. */
class StatisticsTest {

    private static RoundTrip trip(int millis) {
        return new RoundTrip(millis, Duration.ofMillis(1), Optional.of(Duration.ofMillis(millis)));
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        Statistics all = new Statistics();
        IntStream.rangeClosed(1, 1000).forEach(n -> all.add(trip(1001 - n)));
        assertEquals(1000, all.back());
        assertEquals("1000 sent, 1000 back; min 1.00, p50 500, p99 990, p99.9 999, max 1000 ms",
                all.forPeople(List.of(50.0, 99.0, 99.9)));
        assertEquals("{\"sent\":1000,\"back\":1000,\"minMs\":1.00,\"p50Ms\":500,\"p99.9Ms\":999,\"maxMs\":1000}",
                all.asJson(List.of(50.0, 99.9)));
    }

    @Test
    void messagesThatDidNotComeBackHaveNoTimes() {
        RoundTrip lost = new RoundTrip(2, Duration.ofMillis(1), Optional.empty());
        Statistics one = new Statistics();
        one.add(lost);
        assertEquals("{\"sent\":1,\"back\":0,\"minMs\":null,\"maxMs\":null}", one.asJson(List.of()));
        assertEquals("1 sent, none back", one.forPeople(List.of(50.0)));
        one.add(trip(7));
        assertEquals("{\"sent\":2,\"back\":1,\"minMs\":7.00,\"p50Ms\":7.00,\"maxMs\":7.00}",
                one.asJson(List.of(50.0)));
        assertEquals("{\"seq\":2,\"acceptedMs\":1.00,\"backMs\":null}", lost.asJson());
    }
}
