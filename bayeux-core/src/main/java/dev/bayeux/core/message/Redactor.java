package dev.bayeux.core.message;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;

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

    private final Json json;

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
     * @return the same without secrets; of what is no JSON, only its length
     */
    public String redact(String text) {
        try {
            StringBuilder to = new StringBuilder(text.length());
            write(to, json.parse(text), false);
            return to.toString();
        } catch (RuntimeException notReadable) {
            // Parsers throw more than the exceptions of JSON, and a log must not break what it is about.
            return "(%d characters that are not JSON)".formatted(text.length());
        }
    }

    private static void write(StringBuilder to, JsonValue value, boolean hide) {
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
            default -> to.append(value);
        }
    }

    private static void writeObject(StringBuilder to, JsonObject object, boolean hide) {
        boolean handshake = object.get(Fields.CHANNEL) instanceof JsonString channel
                && channel.getString().equals(Fields.HANDSHAKE);
        boolean reply = object.containsKey(Fields.SUCCESSFUL);
        to.append('{');
        object.forEach((name, value) -> {
            JsonText.quote(to.charAt(to.length() - 1) == '{' ? to : to.append(','), name);
            to.append(':');
            if (name.equals(Fields.ERROR) && value instanceof JsonString text && reply && !hide) {
                JsonText.quote(to, ID_IN_ERROR.matcher(text.getString()).replaceAll("***"));
            } else {
                write(to, value, hide || handshake && !HANDSHAKE_FIELDS.contains(name)
                        || SECRET_NAME.matcher(name).matches());
            }
        });
        to.append('}');
    }
}
