package dev.bayeux.tests.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.api.extension.Timesync;
import dev.bayeux.tests.contract.SampleMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("transport:memory")
class TimesyncTest {

    private static final long START = 1_700_000_000_000L;

    private long now = START;
    private final Timesync timesync = new Timesync(() -> Instant.ofEpochMilli(now));

    private String sent(String channel) {
        return timesync.outgoing(SampleMessage.outgoing("{\"channel\":\"%s\",\"id\":\"1\"}".formatted(channel))).ext()
                .toString();
    }

    private void received(String told) {
        timesync.incoming(SampleMessage.incoming(
                "{\"channel\":\"/meta/connect\",\"successful\":true,\"ext\":{\"timesync\":%s}}".formatted(told)));
    }

    /** A request and its reply: each way takes so long, the server holds it, and its clock is ahead. */
    private void exchange(long lag, long held, long offset) {
        long sent = now;
        now += lag + held + lag;
        received("{\"tc\":%d,\"ts\":%d,\"p\":%d,\"a\":0}".formatted(sent, sent + lag + offset, held));
    }

    @Test
    void nothingIsKnownBeforeTheServerHasAnswered() {
        assertEquals("{\"timesync\":{\"tc\":1700000000000,\"l\":0,\"o\":0}}", sent("/meta/handshake"));
        assertEquals(Optional.empty(), timesync.offset());
        assertEquals(Optional.empty(), timesync.lag());
        assertEquals(Optional.empty(), timesync.serverTime());
    }

    @Test
    void onlyMetaMessagesCarryIt() {
        assertEquals("{}", sent("/foo"));
        timesync.incoming(SampleMessage.incoming(
                "{\"channel\":\"/foo\",\"data\":1,\"ext\":{\"timesync\":{\"tc\":1,\"ts\":2,\"p\":0}}}"));
        assertEquals(Optional.empty(), timesync.offset());
    }

    @Test
    void offsetAndLagAreFoundWhateverTheServerHolds() {
        exchange(20, 30_000, -5_000_000_000L);
        assertEquals(Duration.ofMillis(-5_000_000_000L), timesync.offset().orElseThrow());
        assertEquals(Duration.ofMillis(20), timesync.lag().orElseThrow());
        assertEquals(Instant.ofEpochMilli(now - 5_000_000_000L), timesync.serverTime().orElseThrow());
        assertEquals("{\"timesync\":{\"tc\":%d,\"l\":20,\"o\":-5000000000}}".formatted(now), sent("/meta/connect"));
    }

    @Test
    void theResultIsTheMeanOfTheLastTen() {
        exchange(1000, 0, 9000);
        for (int n = 0; n < 9; n++) {
            exchange(10, 0, 0);
        }
        assertEquals(Duration.ofMillis(109), timesync.lag().orElseThrow());
        assertEquals(Duration.ofMillis(900), timesync.offset().orElseThrow());
        exchange(10, 0, 0);
        assertEquals(Duration.ofMillis(10), timesync.lag().orElseThrow());
        assertEquals(Duration.ZERO, timesync.offset().orElseThrow());
    }

    @Test
    void resultsOutliveTheSession() {
        exchange(20, 0, 100);
        timesync.sessionChanged(new SessionChange.Ended());
        timesync.sessionChanged(new SessionChange.Started(true));
        assertEquals(Duration.ofMillis(100), timesync.offset().orElseThrow());
    }

    @Test
    void roundingMakesNoNegativeLag() {
        received("{\"tc\":%d,\"ts\":%d,\"p\":1}".formatted(now, now + 5));
        assertEquals(Duration.ZERO, timesync.lag().orElseThrow());
        assertEquals(Duration.ofMillis(5), timesync.offset().orElseThrow());
    }

    @Test
    void replyAfterTheClockWasSetBackIsOfNoUse() {
        received("{\"tc\":%d,\"ts\":%d,\"p\":0}".formatted(now + 60_000, now));
        assertTrue(timesync.offset().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "null", "[]", "{\"tc\":1700000000000,\"ts\":1700000000000}",
            "{\"tc\":\"1700000000000\",\"ts\":1,\"p\":0}", "{\"tc\":-1,\"ts\":1,\"p\":0}",
            "{\"tc\":1,\"ts\":-9223372036854775808,\"p\":0}", "{\"tc\":1,\"ts\":9223372036854775807,\"p\":0}",
            "{\"tc\":-9223372036854775808,\"ts\":1,\"p\":9223372036854775807}", "{\"tc\":1,\"ts\":1,\"p\":-1}"})
    void implausibleRepliesAreIgnored(String told) {
        received(told);
        assertTrue(timesync.offset().isEmpty());
        exchange(20, 0, 100);
        assertEquals(Duration.ofMillis(100), timesync.offset().orElseThrow());
    }
}
