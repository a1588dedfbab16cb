package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replies of the servers in the field, changed at random: always with the same seed, so that a failure comes again. */
class MessageReaderFuzzTest {

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

    private static final String ALPHABET = "[]{}\":,\\/*-+.eE0179tfn \n\u0000\u00e9\uD83D\uDE00\uFEFF";

    private final Random random = new Random(20_261_122);
    private final Json json = Json.find();
    private final MessageReader reader = new MessageReader(json);

    @Test
    void noChangeOfAValidReplyMakesTheReaderThrow() {
        for (int n = 0; n < 6000; n++) {
            String text = changed(REPLIES.get(n % REPLIES.size()));
            Reading reading = assertDoesNotThrow(() -> reader.read(text, "long-polling"), text);

            for (IncomingMessage message : reading.messages()) {
                String data = message.data() == null ? "0" : message.data();
                assertTrue(isJson("[" + data + "]"), text);
            }
            assertEquals(isJson(text), reading.failure() == null, text);
        }
    }

    @Test
    void noTextAtAllMakesTheReaderThrow() {
        for (int n = 0; n < 3000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            Reading reading = assertDoesNotThrow(() -> reader.read(text.toString(), "long-polling"), text.toString());
            assertTrue(reading.failure() != null || isJson(text.toString()), text.toString());
        }
    }

    @Test
    void repliesThatAreNotChangedAreRead() {
        for (String reply : REPLIES) {
            Reading reading = reader.read(reply, "long-polling");
            assertNotNull(reading.messages().getFirst(), reply);
            assertEquals(null, reading.failure(), reply);
        }
    }

    private String changed(String reply) {
        StringBuilder text = new StringBuilder(reply);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            int other = random.nextInt(text.length());
            char some = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, some);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, some);
                case 3 -> text.setLength(at);
                case 4 -> text.delete(Math.min(at, other), Math.max(at, other));
                default -> text.insert(at, text.substring(Math.min(at, other), Math.max(at, other)));
            }
        }
        return text.toString();
    }

    /** What the parser says of the text as a whole. */
    private boolean isJson(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String stripped = bare.strip();
        if (stripped.length() >= 4 && stripped.startsWith("/*") && stripped.endsWith("*/")) {
            bare = stripped.substring(2, stripped.length() - 2);
        }
        try (JsonParser parser = json.parser(new StringReader(bare))) {
            Event first = parser.next();
            while (parser.hasNext()) {
                parser.next();
            }
            return first == Event.START_ARRAY || first == Event.START_OBJECT;
        } catch (JsonException | NoSuchElementException no) {
            return false;
        }
    }
}
