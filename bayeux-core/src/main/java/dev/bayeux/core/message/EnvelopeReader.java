package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one message while the parser passes over them. A field of a type that it should not have counts
 * as absent; one that comes twice counts as the last says.
 */
final class EnvelopeReader {

    private final JsonParser parser;
    private final String text;
    private final Json json;
    private final String connectionType;
    private @Nullable String channel;
    private @Nullable String id;
    private @Nullable Boolean successful;
    private ServerError error = ServerError.NONE;
    private @Nullable String clientId;
    private @Nullable Advice advice;
    private JsonObject ext = JsonValue.EMPTY_JSON_OBJECT;
    private List<String> subscriptions = List.of();
    private @Nullable List<String> types;
    private int xMessages;
    private @Nullable String data;

    /**
     * For one message.
     *
     * @param parser has just passed the start of an object
     * @param text what it parses
     * @param json made the parser
     * @param connectionType the transport that carried it
     */
    EnvelopeReader(JsonParser parser, String text, Json json, String connectionType) {
        this.parser = parser;
        this.text = text;
        this.json = json;
        this.connectionType = connectionType;
    }

    /** Reads to the end of the object; throws what the parser throws. */
    IncomingMessage read() {
        while (parser.next() == Event.KEY_NAME) {
            field(parser.getString());
        }
        return new IncomingMessage(channel, id, successful, error, clientId, advice, ext, subscriptions, types,
                xMessages, data);
    }

    private void field(String name) {
        Event value = parser.next();
        switch (name) {
            case Fields.CHANNEL -> channel = text(value);
            case Fields.ID -> id = text(value);
            case Fields.SUCCESSFUL -> successful = flag(value);
            case Fields.ERROR -> error = error(value);
            case Fields.CLIENT_ID -> clientId = text(value);
            case Fields.ADVICE -> {
                JsonObject object = object(value);
                advice = object == null ? null : Advice.read(object, connectionType);
            }
            case Fields.EXT -> {
                JsonObject object = object(value);
                ext = object == null ? JsonValue.EMPTY_JSON_OBJECT : object;
            }
            case Fields.SUBSCRIPTION -> {
                List<String> named = texts(value);
                subscriptions = named == null ? List.of() : named;
            }
            case Fields.SUPPORTED_CONNECTION_TYPES -> types = texts(value);
            case Fields.X_MESSAGES -> xMessages = count(value);
            case Fields.DATA -> data = data(value);
            default -> skip(parser, value);
        }
    }

    /**
     * Passes over a value. The parser's own methods for this are not used: that of Parsson never returns if the text
     * ends inside the value, and looks at no more than brackets.
     *
     * @param parser has just passed the value, or its start
     * @param value what that was
     */
    static void skip(JsonParser parser, Event value) {
        int depth = nesting(value);
        while (depth > 0) {
            depth += nesting(parser.next());
        }
    }

    private static int nesting(Event event) {
        return switch (event) {
            case START_OBJECT, START_ARRAY -> 1;
            case END_OBJECT, END_ARRAY -> -1;
            default -> 0;
        };
    }

    private @Nullable String text(Event value) {
        if (value == Event.VALUE_STRING || value == Event.VALUE_NUMBER) {
            return parser.getString();
        }
        skip(parser, value);
        return null;
    }

    private @Nullable Boolean flag(Event value) {
        return switch (value) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> Boolean.valueOf(parser.getString());
            default -> {
                skip(parser, value);
                yield null;
            }
        };
    }

    /** Anybody may publish with an {@code ext}: a number in it that the library cannot hold must cost no more than it. */
    private @Nullable JsonObject object(Event value) {
        if (value != Event.START_OBJECT) {
            skip(parser, value);
            return null;
        }
        String object = structure(value);
        try {
            return json.parse(object).asJsonObject();
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private ServerError error(Event value) {
        String said = text(value);
        return said == null || said.isEmpty() ? ServerError.NONE : ServerError.parse(said);
    }

    private int count(Event value) {
        String digits = text(value);
        return digits != null && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    }

    private @Nullable List<String> texts(Event value) {
        if (value != Event.START_ARRAY) {
            String one = text(value);
            return one == null ? null : List.of(one);
        }
        List<String> all = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            String one = text(event);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private String data(Event value) {
        return switch (value) {
            case START_OBJECT, START_ARRAY -> structure(value);
            case VALUE_STRING -> JsonText.quote(new StringBuilder(), parser.getString()).toString();
            // Not as a number: it may have more digits than the parser likes to count.
            case VALUE_NUMBER -> parser.getString();
            default -> parser.getValue().toString();
        };
    }

    /** Cuts an object or array out of the text where the parser tells its place, which not every parser does. */
    private String structure(Event value) {
        int start = place() - 1;
        if (!json.tellsPlaces() || !isAt(start, value == Event.START_OBJECT ? '{' : '[')) {
            return parser.getValue().toString();
        }
        skip(parser, value);
        int end = place();
        if (!isAt(end - 1, value == Event.START_OBJECT ? '}' : ']')) {
            throw new JsonException("The parser does not tell where it is in the text.");
        }
        return text.substring(start, end);
    }

    private int place() {
        return (int) parser.getLocation().getStreamOffset();
    }

    private boolean isAt(int place, char bracket) {
        return place >= 0 && place < text.length() && text.charAt(place) == bracket;
    }
}
