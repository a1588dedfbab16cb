package dev.bayeux.core.delivery;

import dev.bayeux.api.BinaryData;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.JsonData;
import dev.bayeux.core.message.PlainData;
import dev.bayeux.core.message.ReplayId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Turns data into JSON text and back. JSON-B is made when it is first needed: who uses JSON values never pays for it. */
public final class Payloads {

    private static final ReentrantLock MAKING = new ReentrantLock();
    /**
     * One for all clients that bring none: making one is slow, and it is safe for use by several threads. Not a constant:
     * a class that cannot be initialized once never can, and says why only the first time.
     */
    private static @Nullable Jsonb shared;

    /** How much of a text is shown; data can have millions of characters, and some failures repeat it. */
    private static final int SHOWN = 200;

    private final Json json;
    private final @Nullable Jsonb own;
    private final BinaryPayloads binary;

    /**
     * With the program's binding.
     *
     * @param json parses what is not bound
     * @param own the program's, {@code null} for the default
     */
    public Payloads(Json json, @Nullable Jsonb own) {
        this.json = json;
        this.own = own;
        this.binary = new BinaryPayloads(json);
    }

    private Jsonb jsonb() {
        return own == null ? shared() : own;
    }

    private static Jsonb shared() {
        MAKING.lock();
        try {
            Jsonb made = shared == null ? JsonbBuilder.create() : shared;
            shared = made;
            return made;
        } finally {
            MAKING.unlock();
        }
    }

    /**
     * Makes text.
     *
     * @param channel for the error
     * @param data anything
     * @return JSON
     * @throws PayloadException if that cannot be done
     */
    public JsonData write(String channel, @Nullable Object data) {
        try {
            return switch (data) {
                case null -> JsonData.of("null");
                case JsonValue value -> JsonData.of(value.toString());
                case BinaryData bytes -> JsonData.of(BinaryPayloads.write(bytes));
                default -> bound(data);
            };
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            // The program's own code runs in there: getters, adapters, constructors.
            throw new PayloadException(channel,
                    "The data for %s, a %s, cannot be turned into JSON: %s".formatted(channel,
                            data == null ? "null" : data.getClass().getName(), reason(failed)),
                    failed);
        }
    }

    /** A binding of the program's own may do with plain data, too, as it likes. */
    private JsonData bound(Object data) {
        JsonData plain = own == null ? PlainData.write(data) : null;
        return plain == null ? JsonData.of(jsonb().toJson(data)) : plain;
    }

    /**
     * {@return what a message with such data says in its {@code ext}}
     *
     * @param data anything
     */
    public JsonObject extOf(@Nullable Object data) {
        return data instanceof BinaryData ? binary.mark() : JsonValue.EMPTY_JSON_OBJECT;
    }

    /**
     * Reads the data of a message.
     *
     * @param message has data
     * @param type what it shall become
     * @return the data
     * @throws PayloadException if that cannot be done
     */
    public @Nullable Object read(IncomingMessage message, Type type) {
        String channel = String.valueOf(message.channel());
        if (type != BinaryData.class) {
            return read(channel, String.valueOf(message.data()), type);
        }
        try {
            return binary.read(message);
        } catch (RuntimeException | StackOverflowError failed) {
            throw unreadable(channel, String.valueOf(message.data()), type, failed);
        }
    }

    /**
     * Reads text.
     *
     * @param channel for the error
     * @param text JSON
     * @param type what it shall become
     * @return the data
     * @throws PayloadException if that cannot be done
     */
    public @Nullable Object read(String channel, String text, Type type) {
        try {
            if (type instanceof Class<?> raw && JsonValue.class.isAssignableFrom(raw)) {
                return raw.cast(json.parse(text));
            }
            return text.equals("null") ? null : jsonb().fromJson(text, type);
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            throw unreadable(channel, text, type, failed);
        }
    }

    /** {@return the place after a message whose data this is, if the server has given it a replay id} */
    Optional<Position> position(String text) {
        return ReplayId.in(json, text).position();
    }

    /** {@return the replay id of a message whose data this is, also one that cannot be a position} */
    ReplayId.Found replayId(String text) {
        return ReplayId.in(json, text);
    }

    private PayloadException unreadable(String channel, String text, Type type, Throwable failed) {
        Position position = position(text).orElse(null);
        return new PayloadException(channel, cut(text), position,
                "The data of a message on %s%s cannot be read as %s: %s. It is: %s".formatted(channel,
                        position == null ? "" : " (replay id " + position.replayId() + ")", type.getTypeName(),
                        reason(failed),
                        cut(text)),
                failed);
    }

    private static String reason(Throwable failed) {
        return failed.getMessage() == null ? failed.getClass().getName() : cut(failed.getMessage());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
