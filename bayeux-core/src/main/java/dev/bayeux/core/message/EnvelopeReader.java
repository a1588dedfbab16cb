package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of messages while the scanner passes over them, one message after the other. A field of a type that
 * it should not have counts as absent; one that comes twice counts as the last says.
 */
final class EnvelopeReader {

    private final JsonScanner scanner;
    private final RecurringTexts channels;
    private final Json json;
    private final String connectionType;
    private @Nullable String channel;
    private @Nullable String id;
    private @Nullable Boolean successful;
    private ServerError error = ServerError.NONE;
    private @Nullable String clientId;
    private @Nullable String advice;
    private @Nullable String ext;
    private List<String> subscriptions = List.of();
    private @Nullable List<String> types;
    private int xMessages;
    private @Nullable String data;

    /**
     * For the messages of one reply.
     *
     * @param scanner goes over the reply
     * @param channels come again in other replies
     * @param json parses what is not read here
     * @param connectionType the transport that carried it
     */
    EnvelopeReader(JsonScanner scanner, RecurringTexts channels, Json json, String connectionType) {
        this.scanner = scanner;
        this.channels = channels;
        this.json = json;
        this.connectionType = connectionType;
    }

    /** Reads an object to its end; throws what the scanner throws. */
    IncomingMessage read() {
        clear();
        scanner.expect('{');
        if (!scanner.passes('}')) {
            do {
                scanner.skipName();
                readField(scanner.field());
            } while (scanner.passes(','));
            scanner.expect('}');
        }
        return new IncomingMessage(channel, id, successful, error, clientId, advice(), ext(), subscriptions, types,
                xMessages, data);
    }

    private void clear() {
        channel = null;
        id = null;
        successful = null;
        error = ServerError.NONE;
        clientId = null;
        advice = null;
        ext = null;
        subscriptions = List.of();
        types = null;
        xMessages = 0;
        data = null;
    }

    private void readField(EnvelopeField field) {
        switch (field) {
            case CHANNEL -> channel = scanner.peek() == '"' ? channel() : text();
            case ID -> id = text();
            case SUCCESSFUL -> successful = flag();
            case ERROR -> error = error();
            case CLIENT_ID -> clientId = text();
            case ADVICE -> advice = object();
            case EXT -> ext = object();
            case SUBSCRIPTION -> {
                List<String> named = texts();
                subscriptions = named == null ? List.of() : named;
            }
            case SUPPORTED_CONNECTION_TYPES -> types = texts();
            case X_MESSAGES -> xMessages = count();
            case DATA -> data = scanner.value();
            case UNKNOWN -> scanner.skipValue();
        }
    }

    private String channel() {
        scanner.skipString();
        return scanner.string(channels);
    }

    /** A string, or the text of a number, whose digits thus stay exact. */
    private @Nullable String text() {
        char first = scanner.peek();
        if (first == '"') {
            scanner.skipString();
            return scanner.string();
        }
        if (first == '-' || first >= '0' && first <= '9') {
            return scanner.value();
        }
        scanner.skipValue();
        return null;
    }

    private @Nullable Boolean flag() {
        return switch (scanner.peek()) {
            case 't' -> {
                scanner.skipValue();
                yield Boolean.TRUE;
            }
            case 'f' -> {
                scanner.skipValue();
                yield Boolean.FALSE;
            }
            case '"' -> {
                scanner.skipString();
                yield Boolean.valueOf(scanner.string());
            }
            default -> {
                scanner.skipValue();
                yield null;
            }
        };
    }

    private @Nullable String object() {
        if (scanner.peek() == '{') {
            return scanner.value();
        }
        scanner.skipValue();
        return null;
    }

    private ServerError error() {
        String said = text();
        return said == null || said.isEmpty() ? ServerError.NONE : ServerError.parse(said);
    }

    private int count() {
        String digits = text();
        return digits != null && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    }

    private @Nullable List<String> texts() {
        if (scanner.peek() != '[') {
            String one = text();
            return one == null ? null : List.of(one);
        }
        List<String> all = new ArrayList<>();
        scanner.expect('[');
        if (!scanner.passes(']')) {
            do {
                String one = text();
                if (one != null) {
                    all.add(one);
                }
            } while (scanner.passes(','));
            scanner.expect(']');
        }
        return all;
    }

    private @Nullable Advice advice() {
        JsonObject object = advice == null ? null : json.object(advice);
        return object == null ? null : Advice.read(object, connectionType);
    }

    private JsonObject ext() {
        return ext == null ? JsonValue.EMPTY_JSON_OBJECT : new UnparsedObject(ext, json);
    }
}
