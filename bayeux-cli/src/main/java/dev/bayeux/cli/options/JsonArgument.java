package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;

/** Reads the JSON that users write. */
public final class JsonArgument {

    private static final int SHOWN = 60;

    private JsonArgument() {
    }

    /**
     * Parses a JSON text.
     *
     * @param text JSON of any kind
     * @return the value
     * @throws BadInputException if the text is not JSON; the message says where, and what to do
     */
    public static JsonValue parse(String text) {
        JsonArray values;
        try (JsonParser parser = Json.createParser(new StringReader("[" + text + "\n]"))) {
            parser.next();
            values = parser.getArray();
            // Throws if text is left: then a bracket in the text has closed the array around it.
            parser.hasNext();
        } catch (JsonParsingException failed) {
            throw unreadable(text,
                    "at character %d".formatted(Math.max(1, failed.getLocation().getStreamOffset() - 1)));
        } catch (JsonException failed) {
            throw unreadable(text, "it cannot be read");
        } catch (RuntimeException failed) {
            // Parsson throws another type for JSON that is nested too deeply.
            throw unreadable(text, String.valueOf(failed.getMessage()));
        }
        if (values.size() != 1) {
            throw unreadable(text, values.isEmpty() ? "there is nothing" : "there is more than one value");
        }
        return values.getFirst();
    }

    /**
     * {@return whether a text is JSON}
     *
     * @param text any
     */
    static boolean isJson(String text) {
        try {
            parse(text);
            return true;
        } catch (BadInputException wrong) {
            return false;
        }
    }

    private static BadInputException unreadable(String text, String why) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        String hint = shown.isBlank() || "{[\"".indexOf(shown.strip().charAt(0)) >= 0
                ? ""
                : "; a text needs double quotes, or the option --text";
        return new BadInputException("This is not JSON (%s): %s%s".formatted(why, shown, hint));
    }
}
