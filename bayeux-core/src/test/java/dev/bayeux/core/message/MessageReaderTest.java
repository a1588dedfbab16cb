package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
                read(body).usable().stream().map(message -> String.valueOf(message.channel())).toList());
        assertEquals(read(TWO).messages(), read(TWO).usable());
    }

    @Test
    void readsALoneMessage() {
        Reading reading = read(" {\"channel\":\"/a\",\"data\":{}} ");

        assertEquals(List.of("/a"), channels(reading));
        assertNull(reading.failure());
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 200_000})
    void anExtThatIsTooDeepReadsAsEmpty(int depth) {
        Reading reading = read("[{\"channel\":\"/a\",\"data\":1,\"ext\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth)
                + "}},{\"channel\":\"/b\",\"data\":2,\"ext\":{\"k\":1}}]");

        assertEquals(List.of("/a", "/b"), channels(reading));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, reading.messages().getFirst().ext());
        assertEquals(1, reading.messages().getLast().ext().getInt("k"));
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
            "[{}] x", "[][]", "{}{}", "[{\"a\":1}}", "[{\"a\":[}]", "[{\"a]", "[{\"a\":\"b\"\"}]", "\u0000", "\u00a0[]",
            "\u2028[]", "[]\u2003", "\uD800"})
    void textThatIsNoJsonArrayIsAFailure(String body) {
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
    void messagesBeforeADefectAreKept() {
        Reading reading = read(
                "[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":[}]},{\"channel\":\"/c\"}]");

        assertEquals(List.of("/a"), channels(reading));
        assertTrue(String.valueOf(reading.failure()).contains("after the first 1"));
    }

    @Test
    void textAfterTheArrayIsAFailure() {
        Reading reading = read(TWO + ",");

        assertEquals(List.of("/a", "/b"), channels(reading));
        assertNotNull(reading.failure());
    }

    @Test
    void aTextThatIsCutAnywhereIsAFailureAndKeepsWholeMessages() {
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
    void deepNestingDoesNotAffectTheMessagesAfterIt(String field) {
        String arrays = "[".repeat(100_000) + "]".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        String mixed = "{\"a\":[".repeat(100_000) + "]}".repeat(100_000);
        for (String deep : List.of(arrays, objects, mixed)) {
            Reading reading = read("[{\"channel\":\"/deep\",\"" + field + "\":" + deep + "},[" + deep
                    + "],{\"channel\":\"/behind\"}]");

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

    @ParameterizedTest
    @ValueSource(strings = {"Infinity", "-Infinity", "NaN", "nan", "01", "+1", ".5", "1.", "1e", "tru", "undefined",
            "0x1F",
            "'x'", "\"\\x\"", "\"\\u12\"", "{a:1}", "{\"a\"}", "{\"a\":}", "[1,]", "[,1]", "{\"a\":1,}", "{,}", "1 2",
            "\"a\" \"b\"", "", "1 /* one */", "[Infinity,{\"channel\":\"/no\"}]"})
    @Tag("C-84")
    void oneUnreadableValueDoesNotSpoilTheOthers(String value) {
        Reading reading = read("[{\"channel\":\"/a\",\"data\":1},{\"data\":" + value
                + ",\"channel\":\"/b\",\"id\":\"7\"},{\"channel\":\"/c\",\"data\":2}]");

        assertEquals(List.of("/a", "/c"), channels(reading));
        assertNull(reading.failure());
        assertEquals(1, reading.unreadableCount());
        UnreadableElement element = reading.unreadable().getFirst();
        assertEquals("/b", element.channel());
        assertEquals("7", element.id());
        assertTrue(element.beginning().startsWith("{\"data\":" + value), element.beginning());
    }

    @Test
    @Tag("C-112")
    void aReplyWithAnUnreadableElementIsAcknowledged() {
        Reading reading = read(
                "[{\"channel\":\"/a\",\"data\":Infinity},{\"channel\":\"/meta/connect\",\"successful\":true}]");

        assertEquals(List.of("/meta/connect"), reading.usable().stream().map(IncomingMessage::channel).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"channel\":\"/b\",\"data\":NaN}", "[Infinity]", "Infinity",
            "{\"x\":{\"channel\":\"/a\"},\"y\":NaN}"})
    void unreadableElementsNameTheirOwnChannelOrNone(String element) {
        Reading reading = read("[" + element + "]");

        assertEquals(1, reading.unreadableCount());
        assertEquals(element.contains("/b") ? "/b" : null, reading.unreadable().getFirst().channel());
        assertNull(reading.failure());
    }

    @Test
    void aLoneUnreadableMessageIsDescribedToo() {
        Reading reading = read(" {\"channel\":\"/b\",\"data\":NaN}");

        assertEquals("/b", reading.unreadable().getFirst().channel());
        assertNull(reading.failure());
    }

    @Test
    void theShownPartOfAnUnreadableElementIsShortAndHasNoSecrets() {
        String secrets = "\"clientId\":\"abc123\",\"authToken\" : \"s\\\"3cret\",\"pwd\":5123,\"sid\":\"cut";
        Reading reading = read("[{\"channel\":\"/a\",\"data\":NaN," + secrets + "x".repeat(10_000) + "\"},"
                + "{\"clientId\":\"abc123\",\"data\":NaN,\"channel\":\"/meta/connect\"}]");

        String shown = reading.unreadable().getFirst().description("http://a.example/bayeux");
        assertTrue(shown.contains("{\"channel\":\"/a\",\"data\":NaN,\"clientId\":\"***\""), shown);
        assertFalse(
                shown.contains("abc123") || shown.contains("3cret") || shown.contains("5123") || shown.contains("cutx"),
                shown);
        assertTrue(shown.length() < 500, shown);
        assertEquals("", reading.unreadable().get(1).beginning());
    }

    @Test
    void aReplyMayHoldNoMoreMessagesThanTheLimit() {
        MessageReader three = new MessageReader(Json.find(), 3);
        String most = "{\"channel\":\"/a\"},{},1,{\"channel\":NaN},{\"channel\":\"/b\"}";

        assertNull(three.read("[" + most + "]", "long-polling").failure());
        for (String more : List.of("{\"channel\":\"/c\"}", "{\"a\":NaN}")) {
            Reading reading = three.read("[" + most + "," + more + ",{\"channel\":\"/d\"}]", "long-polling");
            assertEquals(List.of("/a", "/b"), channels(reading));
            TransportException failure = assertInstanceOf(TransportException.class, reading.failure());
            assertEquals(Problem.TOO_LARGE, failure.problem());
            assertTrue(failure.getMessage().contains("more than 3 messages"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "[]", "{\"advice\":{\"a\":1},\"ext\":{},\"data\":{\"x\":[1]}}"})
    void elementsThatAreNoMessagesAreOnlyCounted(String element) {
        Reading reading = read("[" + (element + ",").repeat(200_000) + "{\"channel\":\"/a\"}]");

        assertEquals(200_000, reading.ignored());
        assertEquals(List.of("/a"), channels(reading));
        assertNull(reading.failure());
    }

    @Test
    void manyUnreadableElementsAreCountedAndFewDescribed() {
        Reading reading = read("[" + "NaN,".repeat(1000) + "{\"channel\":\"/a\"}]");

        assertEquals(1000, reading.unreadableCount());
        assertEquals(16, reading.unreadable().size());
        assertEquals(List.of("/a"), channels(reading));
    }

    @Test
    void aFailureNamesServerRequestAndLengthAndQuotesNothing() {
        assertFailure(
                "The reply of http://a.example/bayeux to the request on /meta/connect has 21 characters and is not a JSON"
                        + " array of messages. Does a Bayeux server answer there, and does no proxy change or cut its"
                        + " replies?",
                "[{\"clientId\":\"abc123\"", "/meta/connect");
        assertFailure(
                "A message of http://a.example/bayeux has 6 characters and is a page of HTML or XML, perhaps of a proxy or"
                        + " a login, not Bayeux. Is the address right, and does no proxy or login answer in the server's place?",
                "<html>", null);
        assertFailure(
                "A message of http://a.example/bayeux is empty; an array of messages was expected. Does a Bayeux server"
                        + " answer there?",
                " ", null);
    }

    private static void assertFailure(String expected, String text, @Nullable String asked) {
        Reading reading = new MessageReader(Json.find()).read(text, "long-polling",
                new ReplySource("http://a.example/bayeux", asked));
        assertEquals(expected, Objects.requireNonNull(reading.failure()).getMessage());
    }
}
