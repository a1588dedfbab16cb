package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.SubscribeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A refused subscription is requested again after a wait that grows with each refusal in a row. */
class SubscribeRetriesTest {

    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final SubscribeException BUSY = new SubscribeException(FailureKind.TRANSIENT, "/a", "busy", null);

    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(0);

    private final SubscribeRetries retries = new SubscribeRetries(BACKOFF, 1);
    private final ServerSubscription one = new ServerSubscription("/a", null);
    private final ServerSubscription other = new ServerSubscription("/b", null);

    @Test
    void theWaitGrowsWithEachRefusalAndAnAcceptanceEndsTheRow() {
        retries.add(one, BUSY, false, 0);
        long first = retries.wakeAtNs();
        retries.add(one, BUSY, false, 0);
        long second = retries.wakeAtNs();
        one.accept();
        retries.add(one, BUSY, false, 0);

        assertEquals(List.of(SECOND_NS, BACKOFF.delay(2, 0).toNanos(), SECOND_NS),
                List.of(first, second, retries.wakeAtNs()));
    }

    @Test
    void onlyThoseWhoseWaitHasPassedAreDue() {
        retries.add(one, BUSY, false, 0);
        retries.add(other, BUSY, false, SECOND_NS);

        assertEquals(List.of(), retries.due(SECOND_NS - 1));
        assertEquals(List.of(one), retries.due(SECOND_NS));
        assertEquals(List.of(one, other), retries.due(2 * SECOND_NS));
        retries.remove(one);
        assertEquals(2 * SECOND_NS, retries.wakeAtNs());
        retries.clear();
        assertEquals(Long.MAX_VALUE, retries.wakeAtNs());
    }
}
