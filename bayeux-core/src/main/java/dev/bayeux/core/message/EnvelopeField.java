package dev.bayeux.core.message;

import java.util.Arrays;

/** The message fields that the engine reads. Recognizes each by its name without copying the name. */
enum EnvelopeField {

    CHANNEL(Fields.CHANNEL), ID(Fields.ID), SUCCESSFUL(Fields.SUCCESSFUL), ERROR(Fields.ERROR), CLIENT_ID(
            Fields.CLIENT_ID), ADVICE(Fields.ADVICE), EXT(Fields.EXT), SUBSCRIPTION(
                    Fields.SUBSCRIPTION), SUPPORTED_CONNECTION_TYPES(
                            Fields.SUPPORTED_CONNECTION_TYPES), X_MESSAGES(
                                    Fields.X_MESSAGES), DATA(Fields.DATA), TIMESTAMP(Fields.TIMESTAMP),
    /** Any other field. */
    UNKNOWN("");

    /** The fields by the length of their names, so that one or two comparisons suffice. */
    private static final EnvelopeField[][] BY_LENGTH = new EnvelopeField[Fields.SUPPORTED_CONNECTION_TYPES.length()
            + 1][];

    static {
        Arrays.setAll(BY_LENGTH, length -> Arrays.stream(values()).filter(field -> field.name.length() == length)
                .toArray(EnvelopeField[]::new));
    }

    private final String name;

    EnvelopeField(String name) {
        this.name = name;
    }

    /** {@return the field whose name is between these indexes} */
    static EnvelopeField of(String text, int from, int to) {
        int length = to - from;
        if (length < BY_LENGTH.length) {
            for (EnvelopeField field : BY_LENGTH[length]) {
                if (text.startsWith(field.name, from)) {
                    return field;
                }
            }
        }
        return UNKNOWN;
    }
}
