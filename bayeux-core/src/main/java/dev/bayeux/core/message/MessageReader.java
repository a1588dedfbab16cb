package dev.bayeux.core.message;

import dev.bayeux.api.error.MalformedMessageException;
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
    public record Reading(List<IncomingMessage> messages, @Nullable MalformedMessageException failure) {

        /**
         * {@return what counts. Where the rest could not be read, the reply to a handshake or connect does not: it speaks
         * for all that came with it, and to acknowledge what was not read would be to lose it (C-108, C-112)}
         */
        public List<IncomingMessage> taken() {
            return failure == null ? messages : messages.stream().filter(message -> !message.isBeat()).toList();
        }
    }

    private final Json json;
    private final RecurringTexts channels = new RecurringTexts();

    /**
     * Over one JSON library.
     *
     * @param json parses advice and ext
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
        List<IncomingMessage> messages = new ArrayList<>();
        JsonScanner scanner = withoutComment(body);
        try {
            if (scanner.isAtEnd()) {
                return new Reading(messages, new MalformedMessageException(
                        "The server's reply is empty; an array of messages was expected.", null));
            }
            readAll(scanner, new EnvelopeReader(scanner, channels, json, connectionType), messages);
            return new Reading(messages, null);
        } catch (RuntimeException unreadable) {
            // Only the scanner's own is expected; but no reply whatsoever may end the thread that reads it.
            return new Reading(messages, malformed(body, messages.size(), unreadable));
        }
    }

    private static void readAll(JsonScanner scanner, EnvelopeReader envelope, List<IncomingMessage> messages) {
        switch (scanner.peek()) {
            case '{' -> messages.add(envelope.read());
            case '[' -> readArray(scanner, envelope, messages);
            default -> throw scanner.invalid("Neither an array nor an object begins");
        }
        if (!scanner.isAtEnd()) {
            throw scanner.invalid("Nothing more was expected");
        }
    }

    private static void readArray(JsonScanner scanner, EnvelopeReader envelope, List<IncomingMessage> messages) {
        scanner.expect('[');
        if (scanner.passes(']')) {
            return;
        }
        do {
            if (scanner.peek() == '{') {
                messages.add(envelope.read());
            } else {
                // An element that is no object is ignored (C-84).
                scanner.skipValue();
            }
        } while (scanner.passes(','));
        scanner.expect(']');
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

    /** Leaves out a byte order mark and the slashes and stars of a comment, without a copy of what is between. */
    private static JsonScanner withoutComment(String body) {
        int start = body.startsWith("\uFEFF") ? 1 : 0;
        int end = body.length();
        if (!body.startsWith("[", start)) {
            int first = start;
            int last = end;
            while (first < last && Character.isWhitespace(body.charAt(first))) {
                first++;
            }
            while (first < last && Character.isWhitespace(body.charAt(last - 1))) {
                last--;
            }
            if (last - first >= 4 && body.startsWith("/*", first) && body.startsWith("*/", last - 2)) {
                start = first + 2;
                end = last - 2;
            }
        }
        return new JsonScanner(body, start, end);
    }
}
