package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A format of the user is filled with the parts of a message. */
class LineFormatTest {

    private static final Received MESSAGE = new Received(Instant.parse("2026-01-31T09:30:00.123Z"), "/a/b",
            "\"two words\"", Json.createValue("two words"), "{ \"x\": 1 }", "m1", "7");

    @ParameterizedTest
    @CsvSource({"%t, 2026-01-31T09:30:00.123Z", "%c %d, /a/b \"two words\"", "%s, two words", "%r|%i, 7|m1",
            "%e, {\"x\":1}", "100%%, 100%", "%, %", "a\\\\b\\x, a\\b\\x"})
    void eachFieldIsReplaced(String format, String line) {
        assertEquals(line, new LineFormat(format).format(MESSAGE));
    }

    @Test
    void lineEndsAndTabsAreUnescaped() {
        assertEquals("/a/b\t7\n", new LineFormat("%c\\t%r\\n").format(MESSAGE));
    }

    @Test
    void missingFieldsAreEmpty() {
        Received bare = new Received(MESSAGE.time(), "/a", "{ \"n\": 1 }", null, "", "", "");
        assertEquals("[][][][{\"n\":1}]", new LineFormat("[%r][%i][%e][%s]").format(bare));
    }

    @Test
    void aLetterWithoutAMeaningIsReported() {
        IllegalArgumentException failed = assertThrows(IllegalArgumentException.class, () -> new LineFormat("%x"));
        assertTrue(failed.getMessage().startsWith("--format: %x has no meaning; there are %t time"),
                failed.getMessage());
    }
}
