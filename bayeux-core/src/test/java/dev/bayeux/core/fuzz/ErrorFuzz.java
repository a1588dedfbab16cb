package dev.bayeux.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SafeText;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Redactor;
import dev.bayeux.core.session.Refusal;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;

/** An error: what its parts say together is what the server wrote, and no refusal made of it shows a client id. */
public final class ErrorFuzz {

    private static final String CLIENT_ID = "Un1q";
    private static final Json JSON = Json.find();
    private static final MessageReader READER = new MessageReader(JSON);
    private static final Redactor REDACTOR = new Redactor(JSON);
    private static final JsonProvider JSONP = JsonProvider.provider();

    private ErrorFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ServerError error = ServerError.parse(text);
        if (text.equals(SafeText.of(text))) {
            assertEquals(text, error.toString());
        }
        assertEquals(SafeText.visible(error.toString()), error.toString());
        assertEquals(error, new ServerError(error.code(), error.args(), error.text()));
        assertTrue(error.code().isEmpty() || error.code().getAsInt() <= 999, text);

        String reply = "[{\"channel\":\"/meta/connect\",\"successful\":false,\"error\":" + JSONP.createValue(text)
                + "}]";
        IncomingMessage message = READER.read(reply, "long-polling").messages().getFirst();
        assertEquals(error, message.error());
        RefusedException refusal = Refusal.of(message, CLIENT_ID, "http://a.example/bayeux");
        assertFalse(String.valueOf(refusal.getMessage()).contains(CLIENT_ID), text);
        Refusal.meansLostSession(message);
        REDACTOR.redact(reply);
    }
}
