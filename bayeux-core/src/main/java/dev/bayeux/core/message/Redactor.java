package dev.bayeux.core.message;

import dev.bayeux.api.error.SafeText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the secrets out of messages, so that they can be shown: client ids, whatever a name calls a secret, and in
 * handshakes all texts and numbers that the protocol does not define (C-135). Works on a parsed copy; not for hot paths.
 */
public final class Redactor {

    private static final String HIDDEN = "\"***\"";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "client[-_]?id|sid|.*(token|passw|passphrase|pwd|secret|credential|auth(?!or(?!i))|bearer|jwt|signature"
                    + "|api[-_]?key|private[-_]?key|session[-_]?id|cookie).*",
            Pattern.CASE_INSENSITIVE);

    /**
     * Servers repeat client ids in what they say: Faye as the argument of 401, POE in quotes or brackets, others as a
     * word, which is known by its length and its digits.
     */
    private static final Pattern ID_IN_ERROR = Pattern
            .compile("(?<=^401:)[^:]+(?=:)|'[^']+'|<[^>]+>|(?<![\\w-])(?=[\\w-]*\\d)[\\w-]{16,}");

    private static final Set<String> HANDSHAKE_FIELDS = Set.of(Fields.CHANNEL, Fields.ID, Fields.VERSION,
            Fields.MINIMUM_VERSION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.SUCCESSFUL, Fields.ADVICE, Fields.ERROR);

    /**
     * The most characters of a text that are looked at: {@value}. Of a longer one the messages that end before are shown, so
     * that a log costs no more memory than this, whatever a server sends.
     */
    public static final int MAX_CHARACTERS = 65_536;

    /** How many client ids are remembered: servers repeat them in channels, and a client has one at a time. */
    private static final int IDS = 8;

    /** A shorter id may be a word of any text. */
    private static final int SHORTEST_ID = 6;

    private final Json json;
    /** Replaced as a whole: of two that are learnt at once one may be left out, until it is seen again. */
    private volatile List<String> ids = List.of();

    /**
     * Over one JSON library.
     *
     * @param json parses
     */
    public Redactor(Json json) {
        this.json = json;
    }

    /**
     * Makes a text safe to be shown.
     *
     * @param text a batch or a reply
     * @return the same without secrets, with invisible characters escaped, and with a note if it was cut; of what is no JSON,
     *         only its length
     */
    public String redact(String text) {
        try {
            if (text.length() > MAX_CHARACTERS) {
                return beginning(text);
            }
            StringBuilder to = new StringBuilder(text.length());
            JsonValue value = json.parse(text);
            learn(value);
            write(to, value, false);
            return SafeText.visible(to.toString());
        } catch (RuntimeException notReadable) {
            // Parsers throw more than the exceptions of JSON, and a log must not break what it is about.
            return "(%d characters that are not JSON)".formatted(text.length());
        }
    }

    /**
     * Looks for client ids, so that {@link #redact} and {@link #withoutIds} know them.
     *
     * @param text a batch or a reply
     */
    public void learn(String text) {
        try {
            if (text.length() <= MAX_CHARACTERS) {
                learn(json.parse(text));
            }
        } catch (RuntimeException notReadable) {
            // Then there is nothing to be learnt.
        }
    }

    /**
     * Takes the client ids that were seen last out of any text.
     *
     * @param text no JSON
     * @return the text without them
     */
    public String withoutIds(String text) {
        String without = text;
        for (String id : ids) {
            without = without.replace(id, "***");
        }
        return without;
    }

    private void learn(JsonValue value) {
        switch (value) {
            case JsonArray messages -> messages.forEach(message -> {
                if (message instanceof JsonObject object) {
                    learn(object);
                }
            });
            case JsonObject message -> {
                if (message.get(Fields.CLIENT_ID) instanceof JsonString id) {
                    remember(id.getString());
                }
            }
            default -> {
                // No message.
            }
        }
    }

    private void remember(String id) {
        List<String> known = ids;
        if (id.length() >= SHORTEST_ID && !known.contains(id)) {
            ids = Stream.concat(Stream.of(id), known.stream().limit(IDS - 1)).toList();
        }
    }

    /** The messages that end within the limit. */
    private String beginning(String text) {
        StringBuilder to = new StringBuilder("[");
        int shown = 0;
        try {
            JsonScanner scanner = new JsonScanner(text, 0, MAX_CHARACTERS);
            scanner.expect('[');
            do {
                JsonValue element = json.parse(scanner.value());
                learn(element);
                write(shown == 0 ? to : to.append(','), element, false);
                shown++;
            } while (scanner.passes(','));
        } catch (RuntimeException cut) {
            // Here it ends, as one element or another must.
        }
        if (shown == 0) {
            return "(%d characters, of which no message ends within the first %d)".formatted(text.length(),
                    MAX_CHARACTERS);
        }
        return "%s ... (%d characters; %d messages are shown)".formatted(SafeText.visible(to.toString()), text.length(),
                shown);
    }

    private void write(StringBuilder to, JsonValue value, boolean hide) {
        switch (value) {
            case JsonObject object -> writeObject(to, object, hide);
            case JsonArray array -> {
                to.append('[');
                for (JsonValue element : array) {
                    write(to.charAt(to.length() - 1) == '[' ? to : to.append(','), element, hide);
                }
                to.append(']');
            }
            case JsonString text when hide -> to.append(HIDDEN);
            case JsonNumber number when hide -> to.append(HIDDEN);
            case JsonString text -> JsonText.quote(to, withoutIds(text.getString()));
            default -> to.append(value);
        }
    }

    private void writeObject(StringBuilder to, JsonObject object, boolean hide) {
        boolean handshake = object.get(Fields.CHANNEL) instanceof JsonString channel
                && channel.getString().equals(Fields.HANDSHAKE);
        boolean reply = object.containsKey(Fields.SUCCESSFUL);
        to.append('{');
        object.forEach((name, value) -> {
            JsonText.quote(to.charAt(to.length() - 1) == '{' ? to : to.append(','), withoutIds(name));
            to.append(':');
            if (name.equals(Fields.ERROR) && value instanceof JsonString text && reply && !hide) {
                JsonText.quote(to, withoutIds(ID_IN_ERROR.matcher(text.getString()).replaceAll("***")));
            } else {
                write(to, value, hide || handshake && !HANDSHAKE_FIELDS.contains(name)
                        || SECRET_NAME.matcher(name).matches());
            }
        });
        to.append('}');
    }
}
