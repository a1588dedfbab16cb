package dev.bayeux.core.exchange;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C-53")
class BatchLimitTest {

    private static final int LIMIT = 20;
    private static final boolean EXTENDED = true;

    private static Batch batch(String text) {
        return new Batch(text, Duration.ofSeconds(1));
    }

    private static void assertRefused(BatchLimit limit, String text, boolean extended) {
        TransportException refused = assertThrows(TransportException.class,
                () -> limit.check(batch(text), 2, extended));
        assertTrue(refused.messageTooLong(), "the core sends it in parts");
        assertTrue(String.valueOf(refused.getMessage()).contains("maxRequestBytes"), refused::getMessage);
    }

    @Test
    void bytesOfExtensionsCount() {
        BatchLimit limit = new BatchLimit(LIMIT, false);
        assertRefused(limit, "x".repeat(LIMIT + 1), EXTENDED);
        assertDoesNotThrow(() -> limit.check(batch("x".repeat(LIMIT)), 2, EXTENDED));
    }

    @Test
    void bytesCountNotCharacters() {
        assertRefused(new BatchLimit(LIMIT, false), "\u20ac".repeat(LIMIT / 3 + 1), EXTENDED);
    }

    /** A quotation mark is one byte, and three in a form. */
    @Test
    void theEncodingOfAFormCounts() {
        BatchLimit limit = new BatchLimit(LIMIT, true);
        assertRefused(limit, "\"".repeat(5), !EXTENDED);
        assertDoesNotThrow(() -> limit.check(batch("\"".repeat(4)), 2, !EXTENDED));
    }

    @Test
    void oneMessageCannotBeSentInParts() {
        assertDoesNotThrow(() -> new BatchLimit(LIMIT, true).check(batch("x".repeat(100)), 1, EXTENDED));
    }
}
