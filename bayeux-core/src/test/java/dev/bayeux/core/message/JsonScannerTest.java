package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

    private static JsonScanner over(String text) {
        return new JsonScanner(text, 0, text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", " [ ] ", "\"\"", "0", "-0", "-0.0e-0", "10.01E+10", "true", "false", "null",
            "{\"a\":{\"b\":[[],{}]}}", "[1,[2,[3,{\"a\":4}],5],6]", "\"\\\\\"", "\"\\\\\\\"\\u0022\"",
            "[\"\\\"\",\"\\\\\"]"})
    void passesOverOneValue(String value) {
        JsonScanner scanner = over(value);
        scanner.skipValue();

        assertTrue(scanner.isAtEnd());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[ 1 ]", "\"\\\"\"", "-1.5e3", "true", "null"})
    void stopsAfterTheValue(String value) {
        JsonScanner scanner = over(" " + value + " ,x");

        assertEquals(value, scanner.value());
        assertTrue(scanner.passes(','));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[", "\"", "\"\\\"", "\"\\", "{]", "[}", "[1}", "{\"a\":1]", "{\"a\"}",
            "{\"a\":}", "{\"a\":1,}", "{,}", "{1:1}", "[,]", "[1,]", "[1 2]", "-", "+1", ".5", "1.", "1.e1", "1e",
            "1e+",
            "--1", "tru", "nul", "fals", "True", "x", "'a'", "\"\\x\"", "\"\\u\"", "\"\\u12\"", "\"\\u12g4\"",
            "\"\\u+123\"", "\u00a0[]", "\u0000", "\uD800"})
    void textThatIsNoValueIsAnError(String text) {
        assertThrows(JsonException.class, () -> over(text).skipValue());
    }

    /** A caller that continues after them finds that they are not values. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "1x", "truex", "nullnull", "1 2", "[]]", "{}{}", "0x10", "1e5.5", "\"\"\""})
    void aValueEndsAtItsOwnEnd(String text) {
        JsonScanner scanner = over(text);
        scanner.skipValue();

        assertFalse(scanner.isAtEnd());
    }

    @Test
    void looksNoFurtherThanItMay() {
        for (String value : new String[]{"{\"a\":1}", "[12]", "\"ab\"", "\"\\u00e9\"", "true", "\"\\\\\""}) {
            for (int end = 0; end < value.length(); end++) {
                JsonScanner cut = new JsonScanner(value, 0, end);
                assertThrows(JsonException.class, cut::skipValue, value + end);
            }
            String longer = "x" + value + "]}\"x";
            JsonScanner part = new JsonScanner(longer, 1, 1 + value.length());
            part.skipValue();
            assertTrue(part.isAtEnd());
        }
    }

    @Test
    void tellsTheStringThatWasPassedLast() {
        JsonScanner scanner = over("{\"n\\u0061me\" : \"text\",\"id\":\"\"}");
        scanner.expect('{');
        scanner.skipName();
        assertEquals("name", scanner.string());
        scanner.peek();
        scanner.skipString();
        assertEquals("text", scanner.string());
        assertEquals("text", scanner.string(new RecurringTexts()));
        scanner.expect(',');
        scanner.skipName();
        assertAll(() -> assertEquals("id", scanner.string()), () -> assertEquals(EnvelopeField.ID, scanner.field()));
    }

    @Test
    void anErrorTellsThePlaceAndNotWhatStandsThere() {
        JsonScanner scanner = over("[\"secret\" secret]");

        assertEquals("A comma or the end of an object or array was expected at character 10 of 17",
                assertThrows(JsonException.class, scanner::skipValue).getMessage());
    }

    /** A search for the next quote or backslash must not begin again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\\"", "\\\\", "\\u0022", "a\\n", "\\\"\\n"})
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void theTimeGrowsAsTheTextDoes(String escape) {
        String text = "[\"" + escape.repeat(4_000_000) + "\",\"\",\"" + escape + "\"]";

        JsonScanner scanner = over(text);
        scanner.skipValue();

        assertTrue(scanner.isAtEnd());
    }
}
