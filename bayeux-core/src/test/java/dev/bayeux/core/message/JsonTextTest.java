package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private final Json json = Json.find();

    private String readBack(String text) {
        return ((JsonString) json.parse(quoted(text))).getString();
    }

    private static String quoted(String text) {
        StringBuilder to = new StringBuilder();
        JsonText.quote(to, text);
        return to.toString();
    }

    @Test
    void everyCharacterIsReadBackAsItWas() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c).append('.');
        }
        assertEquals(all.toString(), readBack(all.toString()));
    }

    @Test
    void pairsOfSurrogatesStayPairs() {
        assertEquals("\uD83D\uDE00\uDBFF\uDFFF", readBack("\uD83D\uDE00\uDBFF\uDFFF"));
    }

    @Test
    void nothingThatCouldEndTheTextIsLeftBare() {
        assertEquals("\"\\\"\\\\\\u000a\\u0000\\u001f\"",
                quoted("\"\\\n\u0000\u001f"));
    }

    @Test
    void fieldsAreSeparatedByCommas() {
        StringBuilder to = new StringBuilder("{");
        JsonText.field(to, "a", "1");
        JsonText.field(to, "b", "{");
        JsonText.name(to, "c").append("[]");

        assertEquals("{\"a\":\"1\",\"b\":\"{\",\"c\":[]", to.toString());
    }

    @Test
    void countsTheBytesOfUtf8() {
        for (String text : new String[]{"", "plain", "\u007f", "\u0080\u07ff", "\u0800\uffff",
                "\u00e9\u65e5\uD83D\uDE00x"}) {
            assertEquals(text.getBytes(StandardCharsets.UTF_8).length, JsonText.bytes(text));
            assertEquals(quoted(text).getBytes(StandardCharsets.UTF_8).length,
                    quoted(text).length() + JsonText.quote(new StringBuilder(), text));
        }
    }
}
