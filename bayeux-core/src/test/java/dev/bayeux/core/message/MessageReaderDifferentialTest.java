package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.MessageReader.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reader finds the messages that JSON-P finds, and says that a text is broken where JSON-P says so. */
class MessageReaderDifferentialTest {

    private static final List<String> REPLIES = List.of(
            "[{\"id\":\"1\",\"channel\":\"/meta/handshake\",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"successful\":true,"
                    + "\"clientId\":\"1qf2w\",\"supportedConnectionTypes\":[\"websocket\",\"long-polling\"],\"x-messages\":2,"
                    + "\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000,\"long-polling\":{\"interval\":1.5e2}}}]",
            "[{\"channel\":\"/prices/eu\",\"data\":{\"p\":-3.25E+1,\"q\":[true,null,\"\\u00e9\\\"\\\\\",{}]}},"
                    + "{\"channel\":\"/meta/connect\",\"id\":7,\"successful\":true,\"ext\":{\"ack\":12}}]",
            "/*[{\"error\":\"402::session_unknown\",\"successful\":false,\"advice\":{\"interval\":\"0\"}}]*/",
            "{\"channel\":\"/meta/subscribe\",\"id\":\"4\",\"subscription\":[\"/a\",\"/b/**\"],\"successful\":false,"
                    + "\"error\":\"403:denied:subscribe_denied\"}",
            "[{\"channel\":\"/\u65e5\u672c\",\"data\":\"\uD83D\uDE00 text\"},{\"channel\":\"/n\",\"data\":null}]");

    private final RandomReplies random = new RandomReplies(20_261_122);
    private final MessageReader reader = new MessageReader(Json.find());

    private boolean isComparedAndAgreed(String text) {
        Reading reading = assertDoesNotThrow(() -> reader.read(text, "long-polling"), text);
        return JsonpOracle.agrees(text, reading, "long-polling");
    }

    @Test
    void validRepliesAreReadAsJsonpReadsThem() {
        for (int n = 0; n < 8000; n++) {
            String text = random.valid();
            assertTrue(isComparedAndAgreed(text), text);
            assertNull(reader.read(text, "long-polling").failure(), text);
        }
    }

    @Test
    void changedRepliesAreReadAsFarAsJsonpReadsThem() {
        int compared = 0;
        for (int n = 0; n < 16_000; n++) {
            String text = random.changed(n % 4 == 0 ? REPLIES.get(n / 4 % REPLIES.size()) : random.valid());
            compared += isComparedAndAgreed(text) ? 1 : 0;
        }
        assertTrue(compared > 15_000, () -> "the oracle had no opinion too often");
    }

    @Test
    void noTextAtAllMakesTheReaderThrow() {
        for (int n = 0; n < 6000; n++) {
            String text = random.noise();
            assertTrue(isComparedAndAgreed(text), text);
        }
    }

    @Test
    void aReplyThatIsCutAnywhereGivesTheMessagesBeforeTheCut() {
        for (int n = 0; n < 200; n++) {
            String text = n < REPLIES.size() ? REPLIES.get(n) : random.valid();
            for (int length = 0; length < text.length(); length++) {
                assertTrue(isComparedAndAgreed(text.substring(0, length)));
            }
        }
    }

    @Test
    void theOracleFindsFaults() {
        String text = "[{\"channel\":\"/a\",\"data\":1}]";
        Reading one = reader.read(text, "long-polling");
        assertTrue(isAgreed(text, one));

        for (String other : List.of("[]", "[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\"}]",
                "[{\"channel\":\"/b\",\"data\":1}]",
                "[{\"channel\":\"/a\",\"data\":2}]", "[{\"channel\":\"/a\"}]", "[{\"channel\":\"/a\",\"data\":1}",
                "[{\"channel\":\"/a\",\"data\":1,\"ext\":{\"a\":1}}]", "[{\"channel\":\"/a\",\"data\":1,\"id\":0}]")) {
            assertFalse(isAgreed(other, one), other);
        }
    }

    private static boolean isAgreed(String text, Reading reading) {
        try {
            return JsonpOracle.agrees(text, reading, "long-polling");
        } catch (AssertionError different) {
            return false;
        }
    }
}
