package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static String refusal(int reply, int request, int queued, int waiting, int messages) {
        return assertThrows(IllegalArgumentException.class, () -> new Limits(reply, request, queued, waiting, messages))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void eachIsMoreThanZero(int wrong) {
        assertTrue(refusal(wrong, 1, 1, 1, 1).contains("\"maxReplyBytes\""));
        assertTrue(refusal(1, wrong, 1, 1, 1).contains("\"maxRequestBytes\""));
        assertTrue(refusal(1, 1, wrong, 1, 1).contains("\"maxQueuedMessages\""));
        assertTrue(refusal(1, 1, 1, wrong, 1).contains("\"maxWaitingMessages\""));
        assertTrue(refusal(1, 1, 1, 1, wrong).contains("\"maxReplyMessages\""));
    }

    @Test
    void defaults() {
        assertEquals(new Limits(16_777_216, 32_768, 10_000, 10_000, 100_000), Limits.DEFAULT);
    }

    @Test
    void eachLimitIsChangedAlone() {
        assertEquals(new Limits(1, 2, 3, 4, 5), Limits.DEFAULT.withMaxReplyBytes(1).withMaxRequestBytes(2)
                .withMaxQueuedMessages(3).withMaxWaitingMessages(4).withMaxReplyMessages(5));
        assertThrows(IllegalArgumentException.class, () -> Limits.DEFAULT.withMaxReplyBytes(0));
    }
}
