package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is formatted on one line or over several. */
class JsonFormatTest {

    private static final String LONG = "{\"name\":\"a name that is rather long\",\"values\":[1,-2.50e+3,true,null],\"none\":{},\"empty\":[]}";

    @Test
    void compactKeepsOnlyTheSpaceInTexts() {
        assertEquals("{\"a b\":[1,\" { , } \",{\"x\":\"\\\" \"}]}",
                JsonFormat.compact("\n{ \"a b\" : [ 1 , \" { , } \",\t{\"x\":\"\\\" \"} ]\r\n}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "1E400", "123456789012345678901234567890", "-0", "\"x\"", "null", "[]", "{}"})
    void valuesKeepTheirSpelling(String json) {
        assertEquals(json, JsonFormat.compact(json));
        assertEquals(json, JsonFormat.pretty(json, Palette.PLAIN));
    }

    @Test
    void shortJsonStaysOnOneLine() {
        assertEquals("{\"a\": 1, \"b\": [1, 2]}", JsonFormat.pretty("{\"a\":1,\"b\":[1,2]}", Palette.PLAIN));
    }

    @Test
    void longJsonIsIndented() {
        assertEquals("""
                {
                  "name": "a name that is rather long",
                  "values": [
                    1,
                    -2.50e+3,
                    true,
                    null
                  ],
                  "none": {},
                  "empty": []
                }""", JsonFormat.pretty(LONG, Palette.PLAIN));
    }

    @Test
    void coloursChangeNothingElse() {
        String coloured = JsonFormat.pretty(LONG, Palette.COLOURED);
        assertTrue(coloured.contains("\u001b[34m\"name\"\u001b[0m"), coloured);
        assertEquals(JsonFormat.pretty(LONG, Palette.PLAIN), coloured.replaceAll("\u001b\\[\\d+m", ""));
    }

    @ParameterizedTest
    @CsvSource({"'{', '{'", "'\"open', '\"open'", "'a b', 'a b'", "']]', ']]'", "'', ''"})
    void textThatIsNotJsonIsShownToo(String text, String shown) {
        assertEquals(shown, JsonFormat.compact(text));
        JsonFormat.pretty(text, Palette.COLOURED);
    }

    @Test
    void nothingControlsTheTerminal() {
        String evil = "\"\u001b[2J\u009b2J\u007f\n\"";
        String safe = "\"\\u001b[2J\\u009b2J\\u007f\\u000a\"";
        assertEquals(safe, JsonFormat.compact(evil));
        assertEquals(safe, JsonFormat.pretty(evil, Palette.PLAIN));
        assertEquals("  [2J 2J ", Explanation.visible("\u0007\u001b[2J\u009b2J\n"));
    }
}
