package dev.bayeux.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Objects;

/**
 * Holds bytes as the data of a message (the CometD extension {@code binary}, protocol.md 6.5). A program publishes it
 * as data, and receives it by subscribing with this type. On the wire the bytes are text, a quarter longer. Immutable.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="bytes"}
 *
 * <p>The receiver must know this extension. Between CometD clients the server must have it too. Receiving a message as
 * this type fails with {@link dev.bayeux.api.error.PayloadException} if it is not marked as binary, or if its text does
 * not encode bytes. Received as a JSON value, it is an object with the text in {@code data}.
 *
 * <p>It must be the whole data of a message, not a part of other data.
 */
public final class BinaryData {

    private final byte[] bytes;
    private final boolean last;
    private final JsonObject meta;

    private BinaryData(byte[] bytes, boolean last, JsonObject meta) {
        this.bytes = bytes;
        this.last = last;
        this.meta = meta;
    }

    /**
     * Makes complete data.
     *
     * @param bytes copied
     * @return the data
     */
    public static BinaryData of(byte[] bytes) {
        return new BinaryData(bytes.clone(), true, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Returns a copy that says whether more messages follow. A sender that splits a file into parts marks each part.
     *
     * @param isLast whether this is the last part
     * @return the same bytes with this mark
     */
    public BinaryData withLast(boolean isLast) {
        return new BinaryData(bytes, isLast, meta);
    }

    /**
     * Returns a copy with a description of the bytes for the receiver, such as a name.
     *
     * @param description any object; an empty one is not sent
     * @return the same bytes with this description
     */
    public BinaryData withMeta(JsonObject description) {
        return new BinaryData(bytes, last, Objects.requireNonNull(description, "description"));
    }

    /**
     * {@return a copy of the bytes}
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return the number of bytes} */
    public int size() {
        return bytes.length;
    }

    /** {@return whether this is the last part; {@code true} unless the sender said otherwise} */
    public boolean isLast() {
        return last;
    }

    /** {@return the sender's description of the bytes, empty if there is none} */
    public JsonObject meta() {
        return meta;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryData data && last == data.last && meta.equals(data.meta)
                && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + Objects.hash(last, meta);
    }

    /** Shows the number of bytes, not the bytes. */
    @Override
    public String toString() {
        return "BinaryData[%d bytes%s]".formatted(bytes.length, last ? "" : ", more to come");
    }
}
