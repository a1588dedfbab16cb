package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Map<String, BiFunction<Timeouts, Duration, Timeouts>> CHANGES = Map.of("reply",
            Timeouts::withReply, "wholeReply", Timeouts::withWholeReply, "send", Timeouts::withSend, "connectCall",
            Timeouts::withConnectCall, "connection", Timeouts::withConnection, "close", Timeouts::withClose, "pause",
            Timeouts::withPause);
    private static final Map<String, Function<Timeouts, Duration>> VALUES = Map.of("reply", Timeouts::reply,
            "wholeReply", Timeouts::wholeReply, "send", Timeouts::send, "connectCall", Timeouts::connectCall,
            "connection", Timeouts::connection, "close", Timeouts::close, "pause", Timeouts::pause);

    @Test
    void eachIsMoreThanZeroAndAtMostAYear() {
        Duration year = Duration.ofDays(365);
        CHANGES.forEach((name, change) -> {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1), year.plusNanos(1),
                    Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MIN_VALUE))) {
                String refusal = assertThrows(IllegalArgumentException.class,
                        () -> change.apply(Timeouts.DEFAULT, wrong)).getMessage();
                assertTrue(refusal.contains('"' + name + '"'), refusal);
            }
            assertEquals(year, VALUES.get(name).apply(change.apply(Timeouts.DEFAULT, year)));
        });
    }

    @Test
    void defaults() {
        assertEquals(
                "Timeouts[reply=PT10S, wholeReply=PT5M, send=PT10S, connectCall=PT30S, connection=PT10S, close=PT5S, pause=PT5S]",
                Timeouts.DEFAULT.toString());
    }

    @Test
    void eachIsChangedForItself() {
        CHANGES.forEach((name, change) -> {
            Timeouts changed = change.apply(Timeouts.DEFAULT, SECOND);
            VALUES.forEach((other, value) -> assertEquals(
                    other.equals(name) ? SECOND : value.apply(Timeouts.DEFAULT), value.apply(changed), other));
            assertNotEquals(Timeouts.DEFAULT, changed);
            assertEquals(changed, change.apply(Timeouts.DEFAULT, SECOND));
            assertEquals(changed.hashCode(), change.apply(Timeouts.DEFAULT, SECOND).hashCode());
        });
    }
}
