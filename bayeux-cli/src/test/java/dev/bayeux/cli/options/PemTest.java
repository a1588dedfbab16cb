package dev.bayeux.cli.options;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.console.BadInputException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys are read from the text form of RFC 7468. */
class PemTest {

    private static final String PASSWORD = "only-for-this-test";
    /** The same key in three forms. */
    private static final String PLAIN = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbAU7UNQZO9btCVHo"
            + "veO5ZUzzdltTfVm+5EAckRbOleuhRANCAARrrnn50u9uSpf2ahTUbSjRE/87YEwf"
            + "ULHs93tsdVu1sgIasXo7/Ta3lcetcgoWlysxkvWbBQGQdTq+O6CLOpuE";
    private static final String PBES2 = "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiyyhGpd1ETAgICCAAw"
            + "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECPO/zsSyXHibk9GtHmFpeIEgZDA"
            + "30iUZudQYcoX9u9IO4O752M2LvHjshkiAVPKGvFAVkFxnuG32JQrnGh+OGWZJ0dt"
            + "PGjBxMGR101FwoJsM/kbUWs7VGBPv+BkdMBokiO0m+6QXBLDtNH9/I1gIVbjwjqq"
            + "t4BeOD4xX8dTOyFXqhU4A2c2uqfm4z4ZyKM8w1UMroF8+UJ2+sKh7NBvD41gVi4=";
    private static final String PBES1 = "MIGxMBwGCiqGSIb3DQEMAQMwDgQIfn9HHgKCF4ECAggABIGQweX1vWhTd4EbcZCo"
            + "8WyGOykgVT0UV3WXbt76T8X4UsaOJ+VKrGGaB8FN4xoPfKvBwR85XN8nH85q9sNm"
            + "puZK427yaE5cY6NxbqjUOM3BxHcdW8FTEZRJ/0h6VFIz/RTWaACI+8+gkGppSHwK"
            + "C7kHaR4845zFJS1cptrmq7V6M9IJovw1/AkiRmXlirgFhrRf";

    private static PrivateKey newKey(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            // A key of the default size, with three times as many bits, takes seconds.
            generator.initialize(1024);
        }
        return generator.generateKeyPair().getPrivate();
    }

    private static byte[] pem(String kind, byte[] content) {
        return "-----BEGIN %sPRIVATE KEY-----\n%s\n-----END %sPRIVATE KEY-----\n".formatted(kind,
                Base64.getMimeEncoder().encodeToString(content), kind).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfEachKindAreRead(String algorithm) throws Exception {
        PrivateKey key = newKey(algorithm);
        assertArrayEquals(key.getEncoded(), Pem.key("a.key", pem("", key.getEncoded())).getEncoded());
    }

    /** {@code openssl pkcs8 -topk8} and {@code openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES} encrypted the keys. */
    @ParameterizedTest
    @ValueSource(strings = {PBES2, PBES1})
    void aKeyThatIsEncryptedIsOpenedByItsPassword(String content) throws Exception {
        byte[] encrypted = pem("ENCRYPTED ", Base64.getDecoder().decode(content));

        assertArrayEquals(Base64.getDecoder().decode(PLAIN),
                Pem.key("a.key", encrypted, PASSWORD.toCharArray()).getEncoded());
        assertEquals("The key in a.key is encrypted: give --cert FILE:PASSWORD or --cert-password-file.",
                assertThrows(BadInputException.class, () -> Pem.key("a.key", encrypted)).getMessage());
        assertEquals("The key in a.key cannot be decrypted; is its password right?", assertThrows(
                BadInputException.class, () -> Pem.key("a.key", encrypted, "not-it".toCharArray())).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"'RSA ', Proc-Type: 4, is not PKCS#8", "'', AAAA, The algorithm of the key in a.key is not known",
            "'ENCRYPTED ', AAAA, cannot be decrypted"})
    void aKeyThatCannotBeReadIsExplained(String kind, String content, String text) {
        String key = "-----BEGIN %sPRIVATE KEY-----\n%s-\n-----END %sPRIVATE KEY-----\n".formatted(kind, content, kind);
        String message = assertThrows(BadInputException.class, () -> Pem.key("a.key",
                key.getBytes(StandardCharsets.ISO_8859_1), PASSWORD.toCharArray())).getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void aFileWithoutAKeyIsExplained() {
        assertEquals("The file a.key holds no private key in PEM.",
                assertThrows(BadInputException.class, () -> Pem.key("a.key", new byte[0])).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a.p12, a.p12, ''", "a.p12:secret, a.p12, secret", "a.p12:, a.p12, ''", "a.p12:se:cret, a.p12, se:cret",
            "a\\:b.p12:secret, a:b.p12, secret", "C:\\a.p12:secret, C:\\a.p12, secret", "C:\\a.p12, C:\\a.p12, ''"})
    void aPasswordFollowsTheNameOfAFile(String text, String name, String password) {
        assertEquals(new LockedFile(name, password), LockedFile.of(text));
    }
}
