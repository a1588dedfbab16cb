package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data is cut out of the text as it stands there. */
class EnvelopeReaderDataTest {

    private final Json json = Json.find();
    private final MessageReader reader = new MessageReader(json);

    private String data(String body) {
        Reading reading = reader.read(body, "long-polling");
        assertNull(reading.failure());
        return String.valueOf(reading.messages().getLast().data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "[ ]", "{ \"a\" : [ 1 , { \"b\" : null } ] \r\n\t}", "[[[[]]],{}]",
            "{\"}\":\"{\",\"]\":\"[\",\"\\\"\":\"\\\\\"}", "{\"\u00e9\":\"\u65e5\u672c\uD83D\uDE00\"}",
            "[\"\\u00e9\\uD83D\\uDE00\\ud800\\/\"]", "{\"a\":1.0E+2,\"b\":-0,\"c\":12345678901234567890.10}",
            "{\"a\":1,\"a\":2}", "[\"\u2028\uFEFF\uFFFF\"]"})
    void structuresAreCutOutExactly(String data) {
        assertEquals(data, data("[{\"channel\":\"/a\",\"data\":" + data + "}]"));
        assertEquals(data, data("{\"data\" : " + data + " , \"channel\":\"/a\"}"));
        assertEquals(data,
                data("/*[{\"ext\":{\"\u00e9\":\"\uD83D\uDE00\"},\"channel\":\"/a\",\"data\": " + data + "}]*/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "false", "0", "-0.0", "1.0E+2", "9223372036854775807",
            "123456789012345678901234567890.10", "\"\"", "\"\u65e5\uD83D\uDE00\"", "\"\\\"\\\\\""})
    void scalarsKeepTheirText(String data) {
        assertEquals(data, data("[{\"channel\":\"/a\",\"data\": " + data + " }]"));
    }

    @Test
    void anEscapedTextIsKeptAsItWasReceived() {
        assertEquals("\"\\u0001\\n\\u00e9\\ud800\\/\"",
                data("[{\"channel\":\"/a\",\"data\":\"\\u0001\\n\\u00e9\\ud800\\/\"}]"));
    }

    @Test
    void theWhiteSpaceAroundDataIsNotKept() {
        assertEquals("[ 1 ]", data("[{\"data\" :\r\n [ 1 ]\t , \"channel\":\"/a\"}]"));
        assertEquals("-1", data("[{\"channel\":\"/a\",\"data\" : -1 }]"));
    }

    /** What a string holds cannot be mistaken for anything else; the data's owner hears of it when it is parsed. */
    @Test
    void aControlCharacterInAStringCostsNoMoreThanItsData() {
        String raw = "{\"a\":\"line\nline\u0000\t\"}";

        assertEquals(raw, data("[{\"channel\":\"/a\",\"data\":" + raw + "}]"));
        assertThrows(JsonException.class, () -> json.parse(raw));
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 65_536, 1 << 20})
    void placesAreExactInLongReplies(int size) {
        String wide = "{\"a\":[\"\u00e9\uD83D\uDE00\\u00e9\"],\"b\":{}}";
        for (int shift = -40; shift <= 3; shift++) {
            String before = "[{\"channel\":\"/" + "\u00e9".repeat(size + shift - 30) + "\",\"data\":";
            assertEquals(wide, data(before + wide + "}]"), () -> "after " + before.length());
            if (size > 8192) {
                shift += 10;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4095, 8191, 65_535, 1 << 20})
    void longDataIsCutOutExactly(int size) {
        String data = "{\"t\":\"" + "\uD83D\uDE00\\n".repeat(size / 4) + "\",\"n\":[" + "1, ".repeat(size / 3) + "2]}";
        String body = "[{\"data\":" + data + ",\"channel\":\"/a\"},{\"channel\":\"/b\",\"data\":" + data + "}]";

        assertEquals(data, data(body));
        assertEquals(data, reader.read(body, "long-polling").messages().getFirst().data());
    }

    @Test
    void manyMessagesAreCutOutExactly() {
        StringBuilder body = new StringBuilder("[");
        for (int n = 0; n < 2000; n++) {
            body.append(n == 0 ? "" : " ,\n").append("{\"channel\":\"/\u00e9\",\"data\":{\"n\":").append(n)
                    .append("}}");
        }
        List<IncomingMessage> messages = reader.read(body.append(']').toString(), "x").messages();

        for (int n = 0; n < 2000; n++) {
            assertEquals("{\"n\":" + n + "}", messages.get(n).data());
        }
    }
}
