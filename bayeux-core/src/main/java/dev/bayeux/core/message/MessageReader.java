package dev.bayeux.core.message;

import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server sent, and never throws: whatever cannot be understood is a failure beside the messages that
 * could be (C-84). Data is not parsed but cut out of the text. Safe for use by several threads.
 */
public final class MessageReader {

    /**
     * What a text held.
     *
     * @param messages all that could be read, in order; those before a failure were received and count
     * @param failure why the rest could not be read, {@code null} if there is no rest
     */
    public record Reading(List<IncomingMessage> messages, @Nullable MalformedMessageException failure) {}

    private final Json json;

    /**
     * Over one JSON library.
     *
     * @param json makes parsers
     */
    public MessageReader(Json json) {
        this.json = json;
    }

    /**
     * Reads a body or frame: an array of messages or a lone one, possibly in a comment (C-110).
     *
     * @param body any text
     * @param connectionType the transport that carried it, for the advice
     * @return the messages and what was wrong
     */
    public Reading read(String body, String connectionType) {
        String text = withoutComment(body);
        List<IncomingMessage> messages = new ArrayList<>();
        if (text.isBlank()) {
            return new Reading(messages,
                    new MalformedMessageException("The server's reply is empty; an array of messages was expected.",
                            null));
        }
        try (JsonParser parser = json.parser(new StringReader(text))) {
            Event first = parser.next();
            if (first == Event.START_OBJECT) {
                messages.add(new OneMessage(parser, text, connectionType).read());
            } else if (first == Event.START_ARRAY) {
                readAll(parser, text, connectionType, messages);
            } else {
                return new Reading(messages, malformed(text, null));
            }
            if (parser.hasNext()) {
                parser.next();
                return new Reading(messages, malformed(text, null));
            }
            return new Reading(messages, null);
        } catch (JsonException | IllegalStateException | java.util.NoSuchElementException notJson) {
            return new Reading(messages, malformed(text, notJson));
        }
    }

    private static void readAll(JsonParser parser, String text, String connectionType,
            List<IncomingMessage> messages) {
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            switch (event) {
                case START_OBJECT -> messages.add(new OneMessage(parser, text, connectionType).read());
                case START_ARRAY -> parser.skipArray();
                default -> {
                    // An element that is no object is ignored (C-84).
                }
            }
        }
    }

    /** Says what came without quoting it: it may hold a client id. */
    private static MalformedMessageException malformed(String text, @Nullable Exception cause) {
        String what = text.stripLeading().startsWith("<")
                ? "a page of HTML or XML, perhaps of a proxy or a login,"
                : "no JSON array of messages";
        return new MalformedMessageException(
                "The server's reply of %d characters is %s%s.".formatted(text.length(), what,
                        text.stripLeading().startsWith("<") ? " and no Bayeux" : ""),
                cause);
    }

    private static String withoutComment(String body) {
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        if (!text.isEmpty() && text.charAt(0) == '[') {
            return text;
        }
        String stripped = text.strip();
        return stripped.length() >= 4 && stripped.startsWith("/*") && stripped.endsWith("*/")
                ? stripped.substring(2, stripped.length() - 2)
                : text;
    }

    /** The fields of one object while they are being read. */
    private static final class OneMessage {

        private final JsonParser parser;
        private final String text;
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

        OneMessage(JsonParser parser, String text, String connectionType) {
            this.parser = parser;
            this.text = text;
            this.connectionType = connectionType;
        }

        /** Called after the object's start, returns after its end. */
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
                case Fields.ADVICE -> advice = value == Event.START_OBJECT
                        ? Advice.read(parser.getObject(), connectionType)
                        : skip(value, advice);
                case Fields.EXT -> ext = value == Event.START_OBJECT ? parser.getObject() : skip(value, ext);
                case Fields.SUBSCRIPTION -> subscriptions = texts(value);
                case Fields.SUPPORTED_CONNECTION_TYPES -> types = texts(value);
                case Fields.X_MESSAGES -> xMessages = count(value);
                case Fields.DATA -> data = data(value);
                default -> skip(value, null);
            }
        }

        private <T> T skip(Event value, T kept) {
            if (value == Event.START_OBJECT) {
                parser.skipObject();
            } else if (value == Event.START_ARRAY) {
                parser.skipArray();
            }
            return kept;
        }

        private @Nullable String text(Event value) {
            return switch (value) {
                case VALUE_STRING, VALUE_NUMBER -> parser.getString();
                default -> skip(value, null);
            };
        }

        private @Nullable Boolean flag(Event value) {
            return switch (value) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_STRING -> Boolean.valueOf(parser.getString());
                default -> skip(value, null);
            };
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

        private List<String> texts(Event value) {
            if (value != Event.START_ARRAY) {
                String one = text(value);
                return one == null ? List.of() : List.of(one);
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

        /** Cuts objects and arrays out of the text where the parser tells their place, which not every parser does. */
        private String data(Event value) {
            if (value != Event.START_OBJECT && value != Event.START_ARRAY) {
                return parser.getValue().toString();
            }
            long start = parser.getLocation().getStreamOffset() - 1;
            boolean object = value == Event.START_OBJECT;
            if (start < 0 || start >= text.length() || text.charAt((int) start) != (object ? '{' : '[')) {
                return parser.getValue().toString();
            }
            skip(value, null);
            int end = (int) parser.getLocation().getStreamOffset();
            return text.substring((int) start, end);
        }
    }
}
