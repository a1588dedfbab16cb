package dev.bayeux.tests.docs;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets in only messages that the server has sealed with a common key. */
public final class Verifier implements Extension {

    private final String key;

    /** With the key of the server. */
    public Verifier(String key) {
        this.key = key;
    }

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public BayeuxMessage incoming(BayeuxMessage message) {
        if (message.ext().get("seal") instanceof JsonString seal && seal.getString().equals(seal(key, message))) {
            return message;
        }
        throw new SecurityException("No valid seal on " + message);
    }

    /** The seal of a message: of its channel and its data. */
    public static String seal(String key, BayeuxMessage message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String sealed = message.channel() + " " + message.data().map(Object::toString).orElse("");
            return HexFormat.of().formatHex(mac.doFinal(sealed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }
}
