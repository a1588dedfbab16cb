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
 * Reads the text of a body or frame, and never throws: the result has the readable messages and describes the rest (C-84).
 * Cuts data out of the text without parsing it. Time and memory grow linearly with the text; elements that are no messages
 * cost no memory. Safe for use by several threads.
 */
public final class MessageReader {

    /** The most unreadable elements that are described; more are counted. */
    private static final int MOST_DESCRIBED = 16;

    /**
     * The content of a text.
     *
     * @param messages the readable messages, in order; messages before a failure count as received
     * @param unreadable the first elements that are not JSON while their neighbours are
     * @param unreadableCount the number of such elements
     * @param ignored the number of elements that are no messages: no objects, or objects without a channel that refuse nothing
     * @param failure why the rest could not be read, {@code null} if all was read
     */
    public record Reading(List<IncomingMessage> messages, List<UnreadableElement> unreadable, int unreadableCount,
            int ignored, @Nullable BayeuxException failure) {

        /**
         * {@return the messages to process. If the rest could not be read, they exclude the reply to a handshake or connect:
         * it would acknowledge the unread messages, which would then be lost (C-108, C-112)}
         */
        public List<IncomingMessage> usable() {
            return failure == null ? messages : messages.stream().filter(message -> !message.isSessionReply()).toList();
        }

        public Reading asCutOff() {
            return failure != null
                    ? this
                    : new Reading(messages, unreadable, unreadableCount, ignored,
                            new MalformedMessageException("The server's reply was cut off.", null));
        }

        /** {@return whether the text had messages and nothing else} */
        public boolean isPlain() {
            return failure == null && unreadableCount == 0 && ignored == 0 && !messages.isEmpty();
        }

        /** {@return whether the text had elements, and none of them is a message or may have been one} */
        public boolean hasNoMessage() {
            return messages.isEmpty() && unreadableCount == 0 && ignored > 0 && failure == null;
        }

        /** {@return whether the text had no element at all} */
        public boolean isEmpty() {
            return messages.isEmpty() && unreadableCount == 0 && ignored == 0 && failure == null;
        }
    }

    private final Json json;
    private final int maxMessages;
    private final RecurringTexts channels = new RecurringTexts();

    public MessageReader(Json json) {
        this(json, Limits.DEFAULT.maxReplyMessages());
    }

    /** Makes a reader that reads at most so many messages of one text, readable or not. */
    public MessageReader(Json json, int maxMessages) {
        this.json = json;
        this.maxMessages = maxMessages;
    }

    /**
     * Reads a body or frame: an array of messages or a lone one, possibly in a comment (C-110). The connection type selects
     * the advice.
     */
    public Reading read(String body, String connectionType, ReplySource source) {
        return new Pass(body, connectionType, source).read();
    }

    /** Reads a body or frame, with failures that name no address. */
    public Reading read(String body, String connectionType) {
        return read(body, connectionType, new ReplySource("the server", null));
    }

    /** Reads one text. */
    private final class Pass {

        private final String body;
        private final JsonScanner scanner;
        private final EnvelopeReader envelope;
        private final int end;
        private final List<IncomingMessage> messages = new ArrayList<>();
        private List<UnreadableElement> unreadable = List.of();
        private int unreadableCount;
        private final ReplySource source;
        private int ignored;

        Pass(String body, String connectionType, ReplySource source) {
            this.body = body;
            this.source = source;
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
            // Skips a byte order mark and comment delimiters without copying the text between them.
            this.scanner = new JsonScanner(body, from, to);
            this.end = to;
            this.envelope = new EnvelopeReader(scanner, channels, json, connectionType);
        }

        Reading read() {
            try {
                if (scanner.isAtEnd()) {
                    return reading(new MalformedMessageException(
                            "%s is empty; an array of messages was expected. Does a Bayeux server answer there?"
                                    .formatted(source.subject()),
                            null));
                }
                switch (scanner.peek()) {
                    case '{' -> readElement();
                    case '[' -> readArray();
                    default -> {
                        // Without a cause: no reply has begun, so this is the text of a proxy, not a fault within a reply.
                        return reading(malformed(null));
                    }
                }
                if (!scanner.isAtEnd()) {
                    throw scanner.invalid("Nothing more was expected");
                }
                return reading(null);
            } catch (TransportException tooMany) {
                return reading(tooMany);
            } catch (RuntimeException notJson) {
                // Only JsonException is expected, but no reply may end the thread that reads it.
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
                    // Ignores an element that is not an object (C-84).
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

        /** Skips an unreadable element, if brackets and strings determine its end, so that the following ones can be read. */
        private void passBroken(int from, NotJsonException broken) {
            ElementCutter cutter = new ElementCutter(body, end);
            int to;
            try {
                to = cutter.end(from);
            } catch (NotJsonException endless) {
                throw cutter.isDelivery() ? new BrokenDeliveryException(broken, body, from) : broken;
            }
            if (body.substring(from, to).isBlank()) {
                throw broken;
            }
            checkRoom();
            unreadableCount++;
            if (unreadable.isEmpty()) {
                unreadable = new ArrayList<>();
            }
            if (unreadable.size() < MOST_DESCRIBED) {
                unreadable.add(cutter.describe(from, to, String.valueOf(broken.getMessage())));
            }
            scanner.goTo(to);
        }

        private void checkRoom() {
            if (messages.size() + unreadableCount >= maxMessages) {
                throw new TransportException(Problem.TOO_LARGE,
                        "%s holds more than %d messages. The others were not read; a larger maxReplyMessages would let them in."
                                .formatted(source.subject(), maxMessages),
                        null);
            }
        }

        /** Describes the text without quoting it, since it may contain a client id. */
        private MalformedMessageException malformed(@Nullable Throwable cause) {
            String what = body.stripLeading().startsWith("<")
                    ? "a page of HTML or XML, perhaps of a proxy or a login, not Bayeux. Is the address right, and does no proxy or login answer in the server's place?"
                    : messages.isEmpty()
                            ? "not a JSON array of messages. Does a Bayeux server answer there, and does no proxy change or cut its replies?"
                            : "not a JSON array of messages after the first %d. Does a proxy change or cut the server's replies?"
                                    .formatted(messages.size());
            return new MalformedMessageException(
                    "%s has %d characters and is %s".formatted(source.subject(), body.length(), what), cause);
        }
    }
}
