package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.IncomingMessage.Offered;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of messages while the scanner advances, one message after the other. A field of the wrong type counts as
 * absent; the last of several equal fields counts.
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
    private int adviceStart;
    private int adviceEnd;
    private int extStart;
    private int extEnd;
    private List<String> subscriptions = List.of();
    private @Nullable List<String> types;
    private int xMessages;
    private @Nullable String timestamp;
    private int dataStart;
    private int dataEnd;

    EnvelopeReader(JsonScanner scanner, RecurringTexts channels, Json json, String connectionType) {
        this.scanner = scanner;
        this.channels = channels;
        this.json = json;
        this.connectionType = connectionType;
    }

    /**
     * Reads an object to its end. Returns whether it is a message: it names a channel, or refuses a request without naming
     * one (C-83). Allocates nothing if it is not.
     */
    boolean read() {
        clear();
        scanner.expect('{');
        if (!scanner.passes('}')) {
            do {
                scanner.skipName();
                readField(scanner.field());
            } while (scanner.passes(','));
            scanner.expect('}');
        }
        return channel != null || Boolean.FALSE.equals(successful);
    }

    IncomingMessage message() {
        return new IncomingMessage(channel, id, successful, error, advice(), ext(), subscriptions, offered(), timestamp,
                dataEnd == 0 ? null : scanner.cut(dataStart, dataEnd));
    }

    private Offered offered() {
        return clientId == null && types == null && xMessages == 0
                ? Offered.NOTHING
                : new Offered(clientId, types, xMessages);
    }

    private void clear() {
        channel = null;
        id = null;
        successful = null;
        error = ServerError.NONE;
        clientId = null;
        adviceEnd = 0;
        extEnd = 0;
        subscriptions = List.of();
        types = null;
        xMessages = 0;
        timestamp = null;
        dataEnd = 0;
    }

    private void readField(EnvelopeField field) {
        switch (field) {
            case CHANNEL -> channel = scanner.peek() == '"' ? channel() : text();
            case ID -> id = text();
            case SUCCESSFUL -> successful = flag();
            case ERROR -> error = error();
            case CLIENT_ID -> clientId = text();
            case ADVICE -> {
                adviceStart = scanner.start();
                adviceEnd = objectEnd();
            }
            case EXT -> {
                extStart = scanner.start();
                extEnd = objectEnd();
            }
            case SUBSCRIPTION -> {
                List<String> named = texts();
                subscriptions = named == null ? List.of() : named;
            }
            case SUPPORTED_CONNECTION_TYPES -> types = texts();
            case X_MESSAGES -> xMessages = count();
            case TIMESTAMP -> timestamp = text();
            case DATA -> {
                dataStart = scanner.start();
                dataEnd = scanner.skipValue();
            }
            case UNKNOWN -> scanner.skipValue();
        }
    }

    private String channel() {
        scanner.skipString();
        return scanner.string(channels);
    }

    /** Returns a string, or the text of a number, which keeps its digits exact. */
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
                yield true;
            }
            case 'f' -> {
                scanner.skipValue();
                yield false;
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

    /** Skips a value. Returns its start if it is an object, 0 otherwise. */
    private int objectEnd() {
        boolean object = scanner.peek() == '{';
        int end = scanner.skipValue();
        return object ? end : 0;
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
        JsonObject object = object(adviceStart, adviceEnd);
        return object == null ? null : Advice.read(object, connectionType);
    }

    /** An object that is too deep for the JSON library reads as empty. */
    private JsonObject ext() {
        return Objects.requireNonNullElse(object(extStart, extEnd), JsonValue.EMPTY_JSON_OBJECT);
    }

    private @Nullable JsonObject object(int start, int end) {
        return end == 0 ? null : json.object(scanner.cut(start, end));
    }
}
