package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void loneSurrogatesAreEscapedSinceUtf8CannotHoldThem() {
        assertEquals("\"a\\ud83d\"", quoted("a\uD83D"));
        assertEquals("\"\\ud83d\uD83D\uDE00\"", quoted("\uD83D\uD83D\uDE00"));
        assertEquals("\"\\ude00b\"", quoted("\uDE00b"));
        assertEquals("\"\uD83D\uDE00\\ude00\"", quoted("\uD83D\uDE00\uDE00"));
        assertEquals("\"\\ude00\\ud83d\"", quoted("\uDE00\uD83D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "\uD83D\uD83D\uDE00", "\uDE00b", "\uD83D\uDE00\uDE00", "\uDE00\uD83D"})
    void loneSurrogatesOfAJsonTextAreEscapedAsWell(String text) {
        assertEquals(quoted(text), JsonText.wellFormed("\"" + text + "\""));
    }

    @Test
    void aTextWithoutLoneSurrogatesStaysTheSame() {
        String text = "\"\u00e9 \uD83D\uDE00\uD83D\uDE01\\n\"";
        assertSame(text, JsonText.wellFormed(text));
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
