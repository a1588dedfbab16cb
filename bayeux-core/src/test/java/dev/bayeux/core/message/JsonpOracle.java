package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads replies with JSON-P, which is slow and known to be right, and says where a reading differs. What JSON-P has
 * limits for and the reader has not is not compared: depth, and the size of numbers.
 */
public final class JsonpOracle {

    private static final JsonProvider JSONP = JsonProvider.provider();

    private record Verdict(List<JsonObject> messages, boolean isWhole) {}

    /** JSON-P cannot parse text that may be JSON. */
    private static final class NoVerdict extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private JsonpOracle() {
    }

    /** Compares; {@code false} if JSON-P has no opinion. */
    public static boolean agrees(String body, Reading reading, String connectionType) {
        try {
            compare(body, reading, connectionType);
            return true;
        } catch (NoVerdict none) {
            return false;
        }
    }

    private static void compare(String body, Reading reading, String connectionType) {
        Verdict strict = read(withoutComment(body));
        List<IncomingMessage> messages = reading.messages();
        if (body.chars().noneMatch(c -> c < ' ')) {
            // What follows an element that is no JSON only the reader reads.
            assertTrue(strict.messages.size() == messages.size()
                    || reading.unreadableCount() > 0 && strict.messages.size() < messages.size(), body);
            assertEquals(strict.isWhole, isWhole(reading), body);
        } else {
            // The reader lets control characters in strings through, JSON-P does not.
            Verdict lenient = read(withoutComment(body).replaceAll("[\\x00-\\x1f]", " "));
            assertTrue(strict.messages.size() <= messages.size(), body);
            assertTrue(messages.size() <= lenient.messages.size() || reading.unreadableCount() > 0, body);
            assertTrue(!strict.isWhole || isWhole(reading), body);
            assertTrue(lenient.isWhole || !isWhole(reading), body);
        }
        for (int n = 0; n < strict.messages.size(); n++) {
            new MessageOracle(strict.messages.get(n), connectionType).compare(messages.get(n));
            String data = messages.get(n).data();
            assertTrue(data == null || body.contains(data), body);
        }
    }

    private static boolean isWhole(Reading reading) {
        return reading.failure() == null && reading.unreadableCount() == 0;
    }

    private static Verdict read(String text) {
        Verdict all = readAll(text);
        return new Verdict(all.messages.stream().filter(MessageOracle::isMessage).toList(), all.isWhole);
    }

    private static Verdict readAll(String text) {
        List<JsonObject> messages = new ArrayList<>();
        if (text.isBlank()) {
            return new Verdict(messages, false);
        }
        try (JsonParser parser = JSONP.createParser(new StringReader(text))) {
            Event first = parser.next();
            if (first == Event.START_OBJECT) {
                messages.add(parser.getObject());
            } else if (first == Event.START_ARRAY) {
                for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
                    if (event == Event.START_OBJECT) {
                        messages.add(parser.getObject());
                    } else if (event == Event.START_ARRAY) {
                        parser.getArray();
                    }
                }
            } else {
                return new Verdict(messages, false);
            }
            return new Verdict(messages, !parser.hasNext());
        } catch (NoSuchElementException ended) {
            return new Verdict(messages, false);
        } catch (JsonException invalid) {
            // What the limits of the library forbid is not invalid.
            if (String.valueOf(invalid.getMessage()).contains("too deep")) {
                throw new NoVerdict();
            }
            return new Verdict(messages, false);
        } catch (NumberFormatException | UnsupportedOperationException | ArithmeticException tooLarge) {
            throw new NoVerdict();
        }
    }

    private static String withoutComment(String body) {
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        String stripped = text.strip();
        return stripped.length() >= 4 && stripped.startsWith("/*") && stripped.endsWith("*/")
                ? stripped.substring(2, stripped.length() - 2)
                : text;
    }
}
