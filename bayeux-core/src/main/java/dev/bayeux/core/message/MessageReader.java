package dev.bayeux.core.message;

import dev.bayeux.api.error.MalformedMessageException;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
            readAll(parser, () -> new EnvelopeReader(parser, text, json, connectionType).read(), messages);
            return new Reading(messages, null);
        } catch (RuntimeException | StackOverflowError unreadable) {
            // Parsers throw more than the exceptions of JSON: for what is too deep, too long or too large for them.
            return new Reading(messages, malformed(text, messages.size(), unreadable));
        }
    }

    private static void readAll(JsonParser parser, Supplier<IncomingMessage> one, List<IncomingMessage> messages) {
        switch (parser.next()) {
            case START_OBJECT -> messages.add(one.get());
            case START_ARRAY -> {
                for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
                    if (event == Event.START_OBJECT) {
                        messages.add(one.get());
                    } else {
                        // An element that is no object is ignored (C-84).
                        EnvelopeReader.skip(parser, event);
                    }
                }
            }
            default -> throw new JsonException("Neither an array nor an object");
        }
        if (parser.hasNext()) {
            throw new JsonException("More than one value");
        }
    }

    /** Says what came without quoting it: it may hold a client id. */
    private static MalformedMessageException malformed(String text, int messages, Throwable cause) {
        String what = text.stripLeading().startsWith("<")
                ? "a page of HTML or XML, perhaps of a proxy or a login, and no Bayeux"
                : messages == 0
                        ? "no JSON array of messages"
                        : "no JSON array of messages beyond the first %d".formatted(messages);
        return new MalformedMessageException(
                "The server's reply of %d characters is %s.".formatted(text.length(), what), cause);
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
}
