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
 * Removes secrets from messages before they are logged: client ids, fields with a name such as token or password, and in
 * handshakes all texts and numbers that the protocol does not define (C-135). Parses a copy, so it is not for hot paths.
 */
public final class Redactor {

    private static final String HIDDEN = "\"***\"";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "client[-_]?id|sid|.*(token|passw|passphrase|pwd|secret|credential|auth(?!or(?!i))|bearer|jwt|signature"
                    + "|api[-_]?key|private[-_]?key|session[-_]?id|cookie).*",
            Pattern.CASE_INSENSITIVE);

    /**
     * Client ids in error texts: Faye repeats them as the argument of 401, POE in quotes or brackets, other servers as a
     * word, which is recognized by its length and its digits.
     */
    private static final Pattern ID_IN_ERROR = Pattern
            .compile("(?<=^401:)[^:]+(?=:)|'[^']+'|<[^>]+>|(?<![\\w-])(?=[\\w-]*\\d)[\\w-]{16,}");

    private static final Set<String> HANDSHAKE_FIELDS = Set.of(Fields.CHANNEL, Fields.ID, Fields.VERSION,
            Fields.MINIMUM_VERSION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.SUCCESSFUL, Fields.ADVICE, Fields.ERROR);

    /**
     * The most characters of a text that are read: {@value}. Of a longer text only the messages that end before this limit are
     * shown, which bounds the memory that a server can make a log cost.
     */
    public static final int MAX_CHARACTERS = 65_536;

    /** The number of client ids that are kept, since servers repeat them in channels. A client has one at a time. */
    private static final int IDS = 32;

    /** The shortest client id that is replaced: a shorter one may be an ordinary word. */
    private static final int SHORTEST_ID = 6;

    private final Json json;
    /** The known client ids. Two threads may race to add one; the loser adds it when it appears again. */
    private volatile List<String> ids = List.of();

    public Redactor(Json json) {
        this.json = json;
    }

    /**
     * Returns a batch or reply without secrets, with invisible characters escaped, and with a note if it was cut; only the
     * length of a text that is not JSON.
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
            // Parsers throw other exceptions, too, and a failing log must not stop the traffic.
            return "(%d characters that are not JSON)".formatted(text.length());
        }
    }

    /** Remembers the client ids of a batch or reply for {@link #redact} and {@link #withoutIds}. */
    public void learn(String text) {
        try {
            if (text.length() <= MAX_CHARACTERS) {
                learn(json.parse(text));
            }
        } catch (RuntimeException notReadable) {
            // In a text that is not JSON no ids can be found.
        }
    }

    /** Removes the known client ids from any text, which need not be JSON. */
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
                // Not a message.
            }
        }
    }

    /** Remembers the client id of a session, which a text may contain only in a channel. */
    public void remember(String id) {
        List<String> known = ids;
        if (id.length() >= SHORTEST_ID && !known.contains(id)) {
            ids = Stream.concat(Stream.of(id), known.stream().limit(IDS - 1)).toList();
        }
    }

    /** Returns the messages that end within the limit. */
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
            // The element at the limit is cut.
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
