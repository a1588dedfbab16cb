package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.message.MessageReader.Reading;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String TWO = "[{\"channel\":\"/a\",\"data\":{\"x\":[1,{\"y\":\"]}\"}]}},"
            + "{\"channel\":\"/b\",\"id\":\"7\",\"successful\":true,\"ext\":{\"k\":[{}]},\"advice\":{\"interval\":5}}]";

    private final MessageReader reader = new MessageReader(Json.find());

    private Reading read(String body) {
        return reader.read(body, "long-polling");
    }

    private static List<String> channels(Reading reading) {
        return reading.messages().stream().map(message -> String.valueOf(message.channel())).toList();
    }

    @Test
    void readsAnArrayInItsOrder() {
        Reading reading = read(TWO);

        assertEquals(List.of("/a", "/b"), channels(reading));
        assertNull(reading.failure());
    }

    @Test
    @Tag("C-112")
    void aConnectReplyDoesNotCountIfWhatFollowsIsCutShort() {
        String body = "[{\"channel\":\"/meta/connect\",\"id\":\"c1\",\"successful\":true,\"ext\":{\"ack\":2}},"
                + "{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"da";

        assertEquals(List.of("/a"),
                read(body).taken().stream().map(message -> String.valueOf(message.channel())).toList());
        assertEquals(read(TWO).messages(), read(TWO).taken());
    }

    @Test
    void readsALoneMessage() {
        Reading reading = read(" {\"channel\":\"/a\",\"data\":{}} ");

        assertEquals(List.of("/a"), channels(reading));
        assertNull(reading.failure());
    }

    @Test
    void anEmptyArrayIsNoFailure() {
        assertAll(() -> assertEquals(List.of(), read("[]").messages()), () -> assertNull(read(" [ ] ").failure()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*[{\"channel\":\"/a\"}]*/", " /* [{\"channel\":\"/a\"}] */\r\n",
            "/*{\"channel\":\"/a\"}*/", "\uFEFF[{\"channel\":\"/a\"}]", "\uFEFF/*[{\"channel\":\"/a\"}]*/"})
    @Tag("C-110")
    void commentFilterAndByteOrderMark(String body) {
        Reading reading = read(body);

        assertEquals(List.of("/a"), channels(reading));
        assertNull(reading.failure());
    }

    @Test
    @Tag("C-110")
    void commentFilterDoesNotMovePlaces() {
        assertEquals("{\"x\": 1}", read("\uFEFF /* [{\"channel\":\"/a\",\"data\":{\"x\": 1}}]*/").messages()
                .getFirst().data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\r\n", "\uFEFF", "/**/", "/* */"})
    @Tag("C-108")
    void anEmptyBodyIsAFailure(String body) {
        Reading reading = read(body);

        assertTrue(reading.messages().isEmpty());
        assertTrue(String.valueOf(reading.failure()).contains("is empty"));
    }

    @Test
    @Tag("C-108")
    void aPageIsCalledAPage() {
        Reading reading = read("\n<!DOCTYPE html><html>secret</html>");

        assertNotNull(reading.failure());
        assertTrue(reading.failure().getMessage().contains("login"), reading.failure().getMessage());
        assertFalse(reading.failure().getMessage().contains("secret"));
        assertEquals(FailureKind.PERMANENT, reading.failure().kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "\"text\"", "{", "[", "]", "/", "/*", "/*[]", "[}", "{]", "[,]", "[{},]",
            "{\"a\"}", "{\"a\":}", "{a:1}", "[{}] x", "[][]", "{}{}", "[{\"a\":01}]", "[{\"a\":+1}]", "[{\"a\":tru}]",
            "[{\"a\":\"\\x\"}]", "[{\"a\":\"\\u12\"}]", "\u0000", "\u00a0[]", "\u2028[]", "[]\u2003", "\uD800"})
    void whatIsNoJsonArrayIsAFailure(String body) {
        assertNotNull(read(body).failure());
    }

    @Test
    @Tag("C-84")
    void elementsThatAreNoObjectsAreLeftOut() {
        Reading reading = read("[1,\"x\",null,true,[{\"channel\":\"/no\"},[[]]],{\"channel\":\"/a\"},[]]");

        assertEquals(List.of("/a"), channels(reading));
        assertNull(reading.failure());
    }

    @Test
    void whatStandsBeforeADefectIsKept() {
        Reading reading = read(
                "[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":[}]},{\"channel\":\"/c\"}]");

        assertEquals(List.of("/a"), channels(reading));
        assertTrue(String.valueOf(reading.failure()).contains("beyond the first 1"));
    }

    @Test
    void whatStandsBehindTheArrayIsAFailure() {
        Reading reading = read(TWO + ",");

        assertEquals(List.of("/a", "/b"), channels(reading));
        assertNotNull(reading.failure());
    }

    @Test
    void aTextThatIsCutAnywhereIsAFailureAndKeepsWhatIsWhole() {
        int firstEnds = TWO.indexOf("},{\"channel\":\"/b\"") + 1;
        for (int length = 0; length < TWO.length(); length++) {
            Reading reading = read(TWO.substring(0, length));
            int whole = length < firstEnds ? 0 : length < TWO.length() - 1 ? 1 : 2;

            assertEquals(whole, reading.messages().size(), TWO.substring(0, length));
            assertNotNull(reading.failure(), TWO.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "ext", "advice", "id", "subscription", "unknown"})
    void deepNestingDoesNoHarmToTheMessagesBehindIt(String field) {
        String arrays = "[".repeat(100_000) + "]".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        String mixed = "{\"a\":[".repeat(100_000) + "]}".repeat(100_000);
        for (String deep : List.of(arrays, objects, mixed)) {
            Reading reading = read("[{\"" + field + "\":" + deep + "},[" + deep + "],{\"channel\":\"/behind\"}]");

            assertNull(reading.failure());
            assertEquals("/behind", reading.messages().get(1).channel());
            assertEquals(field.equals("data") ? deep : null, reading.messages().getFirst().data());
            assertTrue(reading.messages().getFirst().ext().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":["})
    void deepNestingThatDoesNotEndIsAFailure(String opening) {
        String deep = opening.repeat(100_000);

        assertNotNull(read(deep).failure());
        assertEquals(List.of("/a"), channels(read("[{\"channel\":\"/a\"},{\"data\":" + deep)));
        assertNotNull(read("[{\"data\":" + deep + "}]").failure());
    }

    @Test
    void nestingIsClosedAsItWasOpened() {
        for (int depth : new int[]{1, 62, 63, 64, 65, 127, 128, 129, 1000}) {
            String opening = "[".repeat(depth) + "{\"a\":" + "[".repeat(depth);
            String closing = "]".repeat(depth) + "}" + "]".repeat(depth);

            assertNull(read("[{\"data\":" + opening + closing + "}]").failure());
            assertNotNull(read("[{\"data\":" + opening + closing.replace("}", "]") + "}]").failure());
            assertNotNull(read("[{\"data\":" + opening + closing.replace("}", "}}") + "}]").failure());
            assertNotNull(read("[{\"data\":" + opening + closing.replaceFirst("]", "}") + "}]").failure());
        }
    }

    @Test
    void aFailureTellsHowLongTheTextWasAndNotWhatWasInIt() {
        Reading reading = read("[{\"clientId\":\"abc123\"");

        assertEquals("The server's reply of 21 characters is no JSON array of messages.",
                String.valueOf(reading.failure()).replaceFirst("^[^:]+: ", ""));
    }
}
