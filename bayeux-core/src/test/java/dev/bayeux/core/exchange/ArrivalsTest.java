package dev.bayeux.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT.withReply(Duration.ofNanos(100))
            .withWholeReply(Duration.ofNanos(1000));

    private final Arrivals arrivals = new Arrivals();

    @Test
    void aSilentSocketIsGivenItsLimitAndNoMore() {
        assertEquals(500, arrivals.until(500, TIMEOUTS));
    }

    @Test
    void wholeFramesLeaveTheLimitOfAReplyAsItIs() {
        arrivals.whole(499);

        assertEquals(500, arrivals.until(500, TIMEOUTS));
    }

    @Test
    void eachPartOfAFrameGivesTheNextOneItsTime() {
        arrivals.part(300);
        assertEquals(500, arrivals.until(500, TIMEOUTS));
        arrivals.part(450);
        assertEquals(550, arrivals.until(500, TIMEOUTS));
        arrivals.part(540);
        assertEquals(640, arrivals.until(500, TIMEOUTS));
        arrivals.whole(600);
        assertEquals(700, arrivals.until(500, TIMEOUTS));
    }

    @Test
    void theTimeOfAllPartsIsBounded() {
        arrivals.part(1450);

        assertEquals(1500, arrivals.until(500, TIMEOUTS));
    }

    @Test
    void theNextSocketHasBroughtNothing() {
        arrivals.part(450);
        arrivals.ended();

        assertEquals(500, arrivals.until(500, TIMEOUTS));
    }

    @Test
    void anArrivalCountsFromItsTime() {
        assertFalse(arrivals.hasReceivedSince(0));
        arrivals.whole(10);
        assertTrue(arrivals.hasReceivedSince(10));
        assertFalse(arrivals.hasReceivedSince(11));
    }
}
