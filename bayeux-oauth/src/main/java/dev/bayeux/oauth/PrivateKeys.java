package dev.bayeux.oauth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys for {@link JwtAssertion}. */
public final class PrivateKeys {

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");
    private static final String HOW = "openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem converts it.";

    private PrivateKeys() {
    }

    /**
     * Reads an RSA key in PEM form, PKCS #8 without a password: the text starts with {@code -----BEGIN PRIVATE KEY-----}.
     *
     * @param pem the text of the file; other blocks, such as a certificate, are skipped
     * @return the key
     * @throws IllegalArgumentException if there is no such key; the text says what to do and shows nothing of the key
     */
    public static PrivateKey rsaFromPem(String pem) {
        String other = "no block of PEM";
        for (Matcher block = PEM.matcher(pem); block.find();) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return rsa(block.group(2));
            }
            other = block.group(1);
        }
        throw new IllegalArgumentException("The private key must be a block 'PRIVATE KEY' (PKCS #8), but there is "
                + other + ". " + HOW);
    }

    private static PrivateKey rsa(String base64) {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException invalid) {
            // Without a cause: its text would show a character of the key.
            throw new IllegalArgumentException("The private key is not valid Base64. Is the file complete?");
        }
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException invalid) {
            throw new IllegalArgumentException("The private key is no RSA key in PKCS #8 form. " + HOW);
        }
    }
}
