package dev.bayeux.core.delivery;

import dev.bayeux.api.BinaryData;
import dev.bayeux.api.RawJson;
import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.JsonData;
import dev.bayeux.core.message.PlainData;
import dev.bayeux.core.message.ReplayId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Turns data into JSON text and back. JSON-B is made when a client first needs it: a client that uses only JSON values needs
 * none. Clients share no JSON-B instance, since a binding keeps references to the classes that it has bound, and so to their
 * class loaders; programs with many clients can give all of them one ({@code ClientBuilder.binding}).
 */
public final class Payloads {

    /** The most causes that are searched. */
    private static final int DEEPEST = 20;

    /** The most characters of a text in a failure: data can have millions, and some failures repeat it. */
    private static final int SHOWN = 200;

    private final Json json;
    private final @Nullable DataBinding own;
    private final BinaryPayloads binary;
    private final ReentrantLock making = new ReentrantLock();
    private @Nullable DataBinding made;

    /** Binds with the program's binding, or with the default if that is {@code null}. */
    public Payloads(Json json, @Nullable DataBinding own) {
        this.json = json;
        this.own = own;
        this.binary = new BinaryPayloads(json);
    }

    private DataBinding binding() {
        making.lock();
        try {
            DataBinding binding = made == null ? BindingChoice.choose(json, own) : made;
            made = binding;
            return binding;
        } finally {
            making.unlock();
        }
    }

    /** Makes text of any data. Throws {@link PayloadException} if that cannot be done. */
    public JsonData write(String channel, @Nullable Object data) {
        try {
            return switch (data) {
                case null -> JsonData.of("null");
                case JsonValue value -> JsonData.of(value.toString());
                case RawJson raw -> JsonData.checked(raw.text());
                case BinaryData bytes -> JsonData.of(BinaryPayloads.write(bytes));
                default -> bound(data);
            };
        } catch (Exception | LinkageError | StackOverflowError failed) {
            // The binding calls code of the program: getters, adapters, constructors.
            String what = data instanceof RawJson
                    ? "The text for %s is not JSON: %s".formatted(channel, failed.getMessage())
                    : "The data for %s, a %s, cannot be turned into JSON: %s".formatted(channel,
                            data == null ? "null" : data.getClass().getName(),
                            reason(failed, data == null ? Object.class : data.getClass()));
            throw new PayloadException(channel, what, failed);
        }
    }

    /**
     * Writes plain data without the binding, unless the program has brought one, which may treat such data specially.
     */
    private JsonData bound(Object data) throws Exception {
        JsonData plain = own == null ? PlainData.write(data) : null;
        return plain == null ? JsonData.of(binding().toJson(data)) : plain;
    }

    /** {@return the {@code ext} that a message with such data needs} */
    public JsonObject extOf(@Nullable Object data) {
        return data instanceof BinaryData ? binary.mark() : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Reads the data of a message as a type. Throws {@link PayloadException} if that cannot be done. */
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

    /** Reads JSON text as a type. Throws {@link PayloadException}, which names the channel, if that cannot be done. */
    public @Nullable Object read(String channel, String text, Type type) {
        try {
            if (type instanceof Class<?> raw && JsonValue.class.isAssignableFrom(raw)) {
                return raw.cast(json.parse(text));
            }
            return text.equals("null") ? null : binding().fromJson(text, type);
        } catch (InvocationTargetException failed) {
            // A record's constructor has refused the data.
            throw unreadable(channel, text, type, Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (Exception | LinkageError | StackOverflowError failed) {
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
        String replayId = position(text).map(Position::replayId).orElse(null);
        return new PayloadException(channel, cut(text), replayId,
                "The data of a message on %s%s cannot be read as %s: %s. It is: %s".formatted(channel,
                        replayId == null ? "" : " (replay id " + replayId + ")", type.getTypeName(),
                        reason(failed, type), cut(text)),
                failed);
    }

    private static String reason(Throwable failed, Type type) {
        if (failed instanceof RecordBinder.NamesGoneException) {
            return String.valueOf(failed.getMessage());
        }
        String reason = failed.getMessage() == null ? failed.getClass().getName() : cut(failed.getMessage());
        Throwable cause = failed;
        for (int n = 0; cause != null && n < DEEPEST; n++) {
            if (cause instanceof IllegalAccessException || cause instanceof InaccessibleObjectException
                    || cause instanceof IllegalAccessError) {
                return "%s. JSON binding reaches only public classes, records among them, in packages that their module opens to all: make the class public%s"
                        .formatted(reason, opening(type));
            }
            cause = cause.getCause();
        }
        return reason;
    }

    private static String opening(Type type) {
        Class<?> of = type instanceof Class<?> raw ? raw : Object.class;
        return of.getModule().isNamed() && of.getClassLoader() != null
                ? ", and write \"opens %s;\" in the module-info.java of %s".formatted(of.getPackageName(),
                        of.getModule().getName())
                : "";
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
