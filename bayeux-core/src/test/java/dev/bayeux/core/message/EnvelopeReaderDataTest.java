package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.MessageReader.Reading;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data is cut out of the text, by what the parser says about its place there. */
class EnvelopeReaderDataTest {

    private final Json json = Json.find();
    private final MessageReader reader = new MessageReader(json);

    private static String data(MessageReader reader, String body) {
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
        assertEquals(data, data(reader, "[{\"channel\":\"/a\",\"data\":" + data + "}]"));
        assertEquals(data, data(reader, "{\"data\" : " + data + " , \"channel\":\"/a\"}"));
        assertEquals(data, data(reader, "/*[{\"ext\":{\"\u00e9\":\"\uD83D\uDE00\"},\"data\": " + data + "}]*/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "false", "0", "-0.0", "1.0E+2", "9223372036854775807",
            "123456789012345678901234567890.10", "\"\"", "\"\u65e5\uD83D\uDE00\"", "\"\\\"\\\\\""})
    void scalarsKeepTheirText(String data) {
        assertEquals(data, data(reader, "[{\"data\": " + data + " }]"));
    }

    @Test
    void escapesInATextKeepTheirMeaning() {
        assertEquals(json.parse("\"\\u0001\\n\\u00e9\\ud800\\/\""),
                json.parse(data(reader, "[{\"data\":\"\\u0001\\n\\u00e9\\ud800\\/\"}]")));
    }

    /** Parsers read through buffers: 4, 8 or 64 thousand characters are usual sizes. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 65_536, 1 << 20})
    void placesAreExactAcrossTheBuffersOfTheParser(int size) {
        String wide = "{\"a\":[\"\u00e9\uD83D\uDE00\\u00e9\"],\"b\":{}}";
        for (int shift = -40; shift <= 3; shift++) {
            String before = "[{\"channel\":\"/" + "\u00e9".repeat(size + shift - 30) + "\",\"data\":";
            assertEquals(wide, data(reader, before + wide + "}]"), () -> "after " + before.length());
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

        assertEquals(data, data(reader, body));
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

    @Test
    void aParserThatDoesNotTellPlacesIsReadAllTheSame() {
        for (LongUnaryOperator place : List.<LongUnaryOperator>of(offset -> -1, offset -> 0, offset -> offset + 1,
                offset -> Long.MAX_VALUE)) {
            Json blind = ParsersThatErr.over(place);
            assertFalse(blind.tellsPlaces());

            String body = "[{\"ext\":{\"a\":1},\"data\":[[1 , \"\u00e9\"]]},{\"data\":{\"b\": {}}}]";
            Reading reading = new MessageReader(blind).read(body, "long-polling");
            assertNull(reading.failure());
            assertEquals("[[1,\"\u00e9\"]]", reading.messages().get(0).data());
            assertEquals("{\"a\":1}", reading.messages().get(0).ext().toString());
            assertEquals("{\"b\":{}}", reading.messages().get(1).data());
        }
    }

    @Test
    void aParserThatCountsBytesIsFoundOut() {
        assertFalse(ParsersThatErr.countingBytes().tellsPlaces());
        assertTrue(json.tellsPlaces());
    }

    @Test
    void aParserThatLosesItsPlaceOnTheWayGivesNoWrongData() {
        Json lost = ParsersThatErr.over(offset -> offset < 60 ? offset : offset + 1);
        assertTrue(lost.tellsPlaces());

        String filler = "[" + "{\"channel\":\"/a\"},".repeat(5);
        assertEquals("{\"b\":1}", data(new MessageReader(lost), filler + "{\"data\":{\"b\" : 1}}]"));
        Reading reading = new MessageReader(lost).read("[{\"data\":[\"" + "x".repeat(60) + "\",1]}]", "x");
        assertNotNull(reading.failure());
        assertEquals(List.of(), reading.messages());
    }
}
