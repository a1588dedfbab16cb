package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ReplyLimitTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration OVER = Duration.ofNanos(1);
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void theFirstLimitCountsUntilTheFirstByte() {
        assertTimedOut(new ReplyLimit(OVER, LONG, LONG));
    }

    @Test
    void eachPartGivesTheNextOneItsTime() throws Exception {
        ReplyLimit limit = new ReplyLimit(OVER, LONG, LONG);
        limit.arrived();
        CompletableFuture<String> response = CompletableFuture.completedFuture("all");
        assertEquals("all", limit.await(response));
        assertTrue(limit.left().compareTo(LONG.dividedBy(2)) > 0, () -> limit.left().toString());
    }

    @Test
    void aResponseThatStopsTimesOut() {
        ReplyLimit limit = new ReplyLimit(OVER, OVER, LONG);
        limit.arrived();
        assertTimedOut(limit);
    }

    @Test
    void aResponseThatNeverEndsTimesOut() {
        ReplyLimit limit = new ReplyLimit(OVER, LONG, OVER);
        limit.arrived();
        limit.arrived();
        assertTimedOut(limit);
    }

    @Test
    void aResponseWithinTheFirstLimitIsNotCutOffByTheOthers() {
        ReplyLimit limit = new ReplyLimit(LONG, OVER, OVER);
        limit.arrived();
        assertTrue(limit.left().compareTo(LONG.dividedBy(2)) > 0);
    }

    @Test
    void theLongestDurationIsALimitLikeAnyOther() {
        ReplyLimit limit = new ReplyLimit(ENDLESS, ENDLESS, ENDLESS);
        limit.arrived();
        assertTrue(limit.left().compareTo(LONG) > 0);
    }

    @Test
    void theBufferTellsOfEachPartThatIsNotEmpty() {
        int[] parts = {0};
        ReplyBuffer buffer = new ReplyBuffer(10, "x", () -> parts[0]++);
        buffer.append(ByteBuffer.wrap(new byte[2]));
        buffer.append(ByteBuffer.wrap(new byte[0]));
        assertEquals(1, parts[0]);
    }

    private static void assertTimedOut(ReplyLimit limit) {
        assertThrows(TimeoutException.class, () -> limit.await(new CompletableFuture<>()));
    }
}
