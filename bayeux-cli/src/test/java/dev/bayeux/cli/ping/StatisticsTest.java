package dev.bayeux.cli.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many round trips come to. */
class StatisticsTest {

    private static RoundTrip trip(int millis) {
        return new RoundTrip(millis, Duration.ofMillis(1), Optional.of(Duration.ofMillis(millis)));
    }

    @Test
    void ofAHundred() {
        Statistics all = Statistics.of(IntStream.rangeClosed(1, 100).mapToObj(n -> trip(101 - n)).toList());
        assertEquals(new Statistics(100, 100, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofMillis(99),
                Duration.ofMillis(100)), all);
    }

    @Test
    void ofOneAndOfNone() {
        RoundTrip lost = new RoundTrip(2, Duration.ofMillis(1), Optional.empty());
        assertEquals("{\"sent\":2,\"back\":1,\"minMs\":7.00,\"medianMs\":7.00,\"p99Ms\":7.00,\"maxMs\":7.00}",
                Statistics.of(List.of(trip(7), lost)).asJson());
        assertEquals(0, Statistics.of(List.of(lost)).back());
        assertEquals("{\"seq\":2,\"acceptedMs\":1.00,\"backMs\":null}", lost.asJson());
    }
}
