package dev.bayeux.core.message;

import dev.bayeux.api.Limits;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server sent, and never throws: whatever cannot be understood stands beside the messages that could be
 * (C-84). Data is not parsed but cut out of the text. Time and memory grow with the text and no faster; elements that are
 * no messages cost no memory. Safe for use by several threads.
 */
public final class MessageReader {

    /** More of them are counted and not described. */
    private static final int MOST_DESCRIBED = 16;

    /**
     * What a text held.
     *
     * @param messages all that could be read, in order; those before a failure were received and count
     * @param unreadable the first of the elements that are no JSON while their neighbours are
     * @param unreadableCount how many there are
     * @param ignored how many elements are no messages: no objects, or objects without a channel that refuse nothing
     * @param failure why the rest could not be read, {@code null} if there is no rest
     */
    public record Reading(List<IncomingMessage> messages, List<UnreadableElement> unreadable, int unreadableCount,
            int ignored, @Nullable BayeuxException failure) {

        /**
         * {@return what counts. Where the rest could not be read, the reply to a handshake or connect does not: it speaks
         * for all that came with it, and to acknowledge what was not read would be to lose it (C-108, C-112)}
         */
        public List<IncomingMessage> taken() {
            return failure == null ? messages : messages.stream().filter(message -> !message.isBeat()).toList();
        }

        /** {@return the same as a text that was cut off, wherever that was} */
        public Reading asCutOff() {
            return failure != null
                    ? this
                    : new Reading(messages, unreadable, unreadableCount, ignored,
                            new MalformedMessageException("The server's reply broke off.", null));
        }

        /** {@return whether there were messages and nothing else} */
        public boolean isPlain() {
            return failure == null && unreadableCount == 0 && ignored == 0 && !messages.isEmpty();
        }

        /** {@return whether nothing at all was in the text, not even something that could not be read} */
        public boolean isEmpty() {
            return messages.isEmpty() && unreadableCount == 0 && ignored == 0 && failure == null;
        }
    }

    private final Json json;
    private final int maxMessages;
    private final RecurringTexts channels = new RecurringTexts();

    /**
     * With the default limit.
     *
     * @param json parses advice and ext
     */
    public MessageReader(Json json) {
        this(json, Limits.DEFAULT.maxReplyMessages());
    }

    /**
     * Over one JSON library.
     *
     * @param json parses advice and ext
     * @param maxMessages the most messages of one text, readable or not; what is beyond them is not read
     */
    public MessageReader(Json json, int maxMessages) {
        this.json = json;
        this.maxMessages = maxMessages;
    }

    /**
     * Reads a body or frame: an array of messages or a lone one, possibly in a comment (C-110).
     *
     * @param body any text
     * @param connectionType the transport that carried it, for the advice
     * @return the messages and what was wrong
     */
    public Reading read(String body, String connectionType) {
        return new Pass(body, connectionType).read();
    }

    /** One text. */
    private final class Pass {

        private final String body;
        private final JsonScanner scanner;
        private final EnvelopeReader envelope;
        private final ElementCutter cutter;
        private final List<IncomingMessage> messages = new ArrayList<>();
        private final List<UnreadableElement> unreadable = new ArrayList<>();
        private int unreadableCount;
        private int ignored;

        Pass(String body, String connectionType) {
            this.body = body;
            int from = body.startsWith("\uFEFF") ? 1 : 0;
            int to = body.length();
            if (!body.startsWith("[", from)) {
                int first = from;
                int last = to;
                while (first < last && Character.isWhitespace(body.charAt(first))) {
                    first++;
                }
                while (first < last && Character.isWhitespace(body.charAt(last - 1))) {
                    last--;
                }
                if (last - first >= 4 && body.startsWith("/*", first) && body.startsWith("*/", last - 2)) {
                    from = first + 2;
                    to = last - 2;
                }
            }
            // Without a byte order mark and the slashes and stars of a comment, and without a copy of what is between.
            this.scanner = new JsonScanner(body, from, to);
            this.cutter = new ElementCutter(body, to);
            this.envelope = new EnvelopeReader(scanner, channels, json, connectionType);
        }

        Reading read() {
            try {
                if (scanner.isAtEnd()) {
                    return reading(new MalformedMessageException(
                            "The server's reply is empty; an array of messages was expected.", null));
                }
                switch (scanner.peek()) {
                    case '{' -> readElement();
                    case '[' -> readArray();
                    default -> throw scanner.invalid("Neither an array nor an object begins");
                }
                if (!scanner.isAtEnd()) {
                    throw scanner.invalid("Nothing more was expected");
                }
                return reading(null);
            } catch (TransportException tooMany) {
                return reading(tooMany);
            } catch (RuntimeException notJson) {
                // Only the scanner's own is expected; but no reply whatsoever may end the thread that reads it.
                return reading(malformed(notJson));
            }
        }

        private Reading reading(@Nullable BayeuxException failure) {
            return new Reading(messages, unreadable, unreadableCount, ignored, failure);
        }

        private void readArray() {
            scanner.expect('[');
            if (scanner.passes(']')) {
                return;
            }
            do {
                readElement();
            } while (scanner.passes(','));
            scanner.expect(']');
        }

        private void readElement() {
            int from = scanner.start();
            try {
                if (scanner.peek() == '{') {
                    readObject();
                } else {
                    // An element that is no object is ignored (C-84).
                    scanner.skipValue();
                    ignored++;
                }
            } catch (NotJsonException broken) {
                passBroken(from, broken);
            }
        }

        private void readObject() {
            if (envelope.read()) {
                checkRoom();
                messages.add(envelope.message());
            } else {
                ignored++;
            }
        }

        /** The elements that follow can be read all the same, if brackets and strings tell where this one ends. */
        private void passBroken(int from, NotJsonException broken) {
            int to;
            try {
                to = cutter.end(from);
            } catch (NotJsonException endless) {
                throw broken;
            }
            if (body.substring(from, to).isBlank()) {
                throw broken;
            }
            checkRoom();
            unreadableCount++;
            if (unreadable.size() < MOST_DESCRIBED) {
                unreadable.add(cutter.describe(from, to, broken.getMessage()));
            }
            scanner.goTo(to);
        }

        private void checkRoom() {
            if (messages.size() + unreadableCount >= maxMessages) {
                throw new TransportException(Problem.TOO_LARGE,
                        "The server's reply holds more than %d messages. The others were not read; a larger maxReplyMessages would let them in."
                                .formatted(maxMessages),
                        null);
            }
        }

        /** Says what came without quoting it: it may hold a client id. */
        private MalformedMessageException malformed(Throwable cause) {
            String what = body.stripLeading().startsWith("<")
                    ? "a page of HTML or XML, perhaps of a proxy or a login, not Bayeux"
                    : messages.isEmpty()
                            ? "not a JSON array of messages"
                            : "not a JSON array of messages after the first %d".formatted(messages.size());
            return new MalformedMessageException(
                    "The server's reply of %d characters is %s.".formatted(body.length(), what), cause);
        }
    }
}
