package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonException;
import jakarta.json.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\\\"\\\\\\/\\b\\f\\n\\r\\t", "\\u0000", "\\u00e9\\u00E9", "\\uD83D\\ude00",
            "\\ud800",
            "a\\\\u0041", "\\uFFFF\\u000a", "\u65e5\\u672c"})
    void meansWhatJsonpSays(String inner) {
        String expected = ((JsonString) Json.find().parse("\"" + inner + "\"")).getString();

        assertEquals(expected, Escapes.resolve("x" + inner + "x", 1, inner.length() + 1));
    }

    @Test
    void allOfUnicodeIsRead() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertEquals(String.valueOf((char) c), Escapes.resolve("\\u%04x".formatted(c), 0, 6));
        }
    }

    @Test
    void anEscapeHasTwoOrSixCharacters() {
        assertEquals(2, Escapes.length("a\\n", 1, 3));
        assertEquals(6, Escapes.length("\\u12aF", 0, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\x", "\\U0041", "\\u", "\\u004", "\\u004g", "\\u-123", "\\u 123", "\\\u00e9"})
    void othersAreErrors(String escape) {
        assertThrows(JsonException.class, () -> Escapes.length(escape, 0, escape.length()));
    }
}
