package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final Map<String, BiFunction<Limits, Integer, Limits>> CHANGES = Map.of("maxReplyBytes",
            Limits::withMaxReplyBytes, "maxRequestBytes", Limits::withMaxRequestBytes, "maxQueuedMessages",
            Limits::withMaxQueuedMessages, "maxWaitingMessages", Limits::withMaxWaitingMessages, "maxReplyMessages",
            Limits::withMaxReplyMessages);
    private static final Map<String, ToIntFunction<Limits>> VALUES = Map.of("maxReplyBytes", Limits::maxReplyBytes,
            "maxRequestBytes", Limits::maxRequestBytes, "maxQueuedMessages", Limits::maxQueuedMessages,
            "maxWaitingMessages", Limits::maxWaitingMessages, "maxReplyMessages", Limits::maxReplyMessages);

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void eachIsMoreThanZero(int wrong) {
        CHANGES.forEach((name, change) -> {
            String refusal = assertThrows(IllegalArgumentException.class, () -> change.apply(Limits.DEFAULT, wrong))
                    .getMessage();
            assertTrue(refusal.contains('"' + name + '"'), refusal);
        });
    }

    @Test
    void defaults() {
        assertEquals(
                "Limits[maxReplyBytes=16777216, maxRequestBytes=131072, maxQueuedMessages=10000, maxWaitingMessages=10000, maxReplyMessages=100000]",
                Limits.DEFAULT.toString());
    }

    @Test
    void eachLimitIsChangedAlone() {
        CHANGES.forEach((name, change) -> {
            Limits changed = change.apply(Limits.DEFAULT, 7);
            VALUES.forEach((other, value) -> assertEquals(
                    other.equals(name) ? 7 : value.applyAsInt(Limits.DEFAULT), value.applyAsInt(changed), other));
            assertEquals(changed, change.apply(Limits.DEFAULT, 7));
            assertEquals(changed.hashCode(), change.apply(Limits.DEFAULT, 7).hashCode());
        });
    }
}
