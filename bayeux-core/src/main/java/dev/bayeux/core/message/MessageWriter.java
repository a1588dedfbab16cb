package dev.bayeux.core.message;

import dev.bayeux.api.spi.Batch;
import java.time.Duration;
import java.util.List;

/** Writes messages as the text of a batch, which is always an array (Bayeux 1.0, "message"; protocol.md 3.1, 3.4). */
public final class MessageWriter {

    /** The characters that an envelope adds to its values: names, quotes and commas. */
    private static final int ENVELOPE = 48;

    private MessageWriter() {
    }

    /** Writes messages in their order; at least one, since an empty array is no batch (C-125). */
    public static String write(List<OutgoingMessage> messages) {
        int size = 2;
        for (OutgoingMessage message : messages) {
            size += size(message);
        }
        StringBuilder to = new StringBuilder(size).append('[');
        for (OutgoingMessage message : messages) {
            write(to.length() > 1 ? to.append(',') : to, message);
        }
        return to.append(']').toString();
    }

    /** Writes messages as a batch for a transport; {@code limit} is how long the exchange may take, including the answer. */
    public static Batch batch(List<OutgoingMessage> messages, Duration limit) {
        return new Batch(write(messages), limit, messages.size() == 1 ? messages.getFirst().kind().metaType() : "");
    }

    /** The characters of a message, as far as it has no fields of extensions and no characters to be escaped. */
    private static int size(OutgoingMessage message) {
        int clientId = message.clientId() == null ? 0 : message.clientId().length();
        return ENVELOPE + message.channel().length() + message.id().length() + clientId + message.body().length();
    }

    private static void write(StringBuilder to, OutgoingMessage message) {
        to.append('{');
        JsonText.field(to, Fields.CHANNEL, message.channel());
        JsonText.field(to, Fields.ID, message.id());
        if (message.clientId() != null) {
            JsonText.field(to, Fields.CLIENT_ID, message.clientId());
        }
        switch (message.kind()) {
            case SUBSCRIBE, UNSUBSCRIBE -> JsonText.field(to, Fields.SUBSCRIPTION, message.body());
            case PUBLISH, CALL -> JsonText.name(to, Fields.DATA).append(message.body());
            case HANDSHAKE, CONNECT -> to.append(',').append(message.body());
            case DISCONNECT -> {
                // The envelope is all.
            }
        }
        if (!message.fields().isEmpty()) {
            message.fields().forEach((name, value) -> {
                if (!OutgoingMessage.isOwnField(name)) {
                    JsonText.quote(to.append(','), name);
                    to.append(':').append(JsonText.wellFormed(value.toString()));
                }
            });
        }
        if (!message.ext().isEmpty()) {
            JsonText.name(to, Fields.EXT).append('{');
            message.ext().forEach((name, value) -> {
                JsonText.quote(to.charAt(to.length() - 1) == '{' ? to : to.append(','), name);
                to.append(':').append(JsonText.wellFormed(value.toString()));
            });
            to.append('}');
        }
        to.append('}');
    }
}
