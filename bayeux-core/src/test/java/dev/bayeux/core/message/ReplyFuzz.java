package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonException;
import java.nio.charset.StandardCharsets;

/** The body of a reply: the reader finds what JSON-P finds and never throws, nor does the log that shows it. */
public final class ReplyFuzz {

    private static final Json JSON = Json.find();
    private static final MessageReader READER = new MessageReader(JSON);
    private static final Redactor REDACTOR = new Redactor(JSON);

    private ReplyFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String body = new String(input, StandardCharsets.UTF_8);
        Reading reading = READER.read(body, "long-polling");
        if (reading.failure() != null && reading.failure().getCause() != null) {
            // Anything else was not meant to be.
            assertInstanceOf(JsonException.class, reading.failure().getCause(), body);
        }
        JsonpOracle.agrees(body, reading, "long-polling");
        assertNotNull(REDACTOR.redact(body));
    }
}
