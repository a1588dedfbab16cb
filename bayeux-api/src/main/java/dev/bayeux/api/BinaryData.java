package dev.bayeux.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes as the data of a message (the CometD extension {@code binary}, protocol.md 6.5): published as they are, and
 * received by whoever subscribes with this type. On the way they are text, a quarter longer. Immutable.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="bytes"}
 *
 * <p>The receiver must be a client or server that knows this extension. With CometD that is so between clients too if
 * the server has it. A message that is not marked as binary, or whose text is none of bytes, cannot be received as this
 * type: {@link dev.bayeux.api.error.PayloadException}. Received as a JSON value it is what was sent: an object with the
 * text in {@code data}.
 *
 * <p>It is the whole data of a message, and cannot be a part of other data.
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
     * Makes data that is complete.
     *
     * @param bytes copied
     * @return the data
     */
    public static BinaryData of(byte[] bytes) {
        return new BinaryData(bytes.clone(), true, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Tells whether more messages belong to this one: who sends a file in parts says so with each.
     *
     * @param isLast whether this is the last part
     * @return the same bytes with this said of them
     */
    public BinaryData withLast(boolean isLast) {
        return new BinaryData(bytes, isLast, meta);
    }

    /**
     * Adds what the receiver should know of the bytes, such as a name.
     *
     * @param description any object; an empty one is not sent
     * @return the same bytes with this said of them
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

    /**
     * {@return how many bytes there are}
     */
    public int size() {
        return bytes.length;
    }

    /**
     * {@return whether nothing more belongs to it; {@code true} unless the sender said otherwise}
     */
    public boolean isLast() {
        return last;
    }

    /**
     * {@return what the sender says of the bytes, empty if nothing}
     */
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

    /** Without the bytes. */
    @Override
    public String toString() {
        return "BinaryData[%d bytes%s]".formatted(bytes.length, last ? "" : ", more to come");
    }
}
