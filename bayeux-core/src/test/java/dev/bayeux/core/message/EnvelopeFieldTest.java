package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeFieldTest {

    private static EnvelopeField of(String name) {
        return EnvelopeField.of("\"" + name + "\":", 1, name.length() + 1);
    }

    @Test
    void eachIsKnownByItsName() {
        List<String> names = List.of(Fields.CHANNEL, Fields.ID, Fields.SUCCESSFUL, Fields.ERROR, Fields.CLIENT_ID,
                Fields.ADVICE, Fields.EXT, Fields.SUBSCRIPTION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.X_MESSAGES,
                Fields.DATA);

        assertEquals(List.of(EnvelopeField.values()).subList(0, names.size()),
                names.stream().map(EnvelopeFieldTest::of).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Id", "ids", "dat", "datA", "channe", "channels", "clientID", "timestamps",
            "successfuL", "x_messages", "supportedConnectionTypez", "a name that is longer than any of the others"})
    void othersAreUnknown(String name) {
        assertEquals(EnvelopeField.UNKNOWN, of(name));
    }
}
