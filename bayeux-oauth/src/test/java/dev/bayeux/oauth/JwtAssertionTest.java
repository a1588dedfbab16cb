package dev.bayeux.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JwtAssertionTest {

    private static final KeyPair KEYS = keys("RSA", 2048);

    private final TestClock clock = new TestClock();

    private static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JwtAssertion assertion() {
        return JwtAssertion.signedBy(KEYS.getPrivate()).issuer("consumer").subject("ann@example.org")
                .audience("https://login.salesforce.com");
    }

    private static JsonObject json(String base64) {
        return Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(base64))).readObject();
    }

    @Test
    void aJwtIsSignedForEachTokenRequest() throws Exception {
        try (TokenServer server = new TokenServer()) {
            server.token("{'access_token':'one'}").token("{'access_token':'two'}");
            OAuthCredentials source = OAuthCredentials.jwtBearer(server.uri(), assertion().keyId("k1")).clock(clock)
                    .build();

            source.credentials(false);
            source.credentials(true);

            TokenServer.Request request = server.request();
            assertNull(request.authorization());
            assertEquals(Set.of("grant_type", "assertion"), request.form().keySet());
            assertEquals("urn:ietf:params:oauth:grant-type:jwt-bearer", request.form().get("grant_type"));
            String jwt = request.form().get("assertion");
            String[] parts = jwt.split("\\.");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
            assertEquals(Map.of("alg", "RS256", "typ", "JWT", "kid", "k1"), texts(json(parts[0])));
            JsonObject claims = json(parts[1]);
            assertEquals("consumer", claims.getString("iss"));
            assertEquals("ann@example.org", claims.getString("sub"));
            assertEquals("https://login.salesforce.com", claims.getString("aud"));
            assertEquals(clock.instant().getEpochSecond(), claims.getJsonNumber("iat").longValue());
            assertEquals(clock.instant().getEpochSecond() + 180, claims.getJsonNumber("exp").longValue());
            assertNotEquals(jwt, server.request().form().get("assertion"));
        }
    }

    private static Map<String, String> texts(JsonObject object) {
        return object.keySet().stream().collect(java.util.stream.Collectors.toMap(name -> name, object::getString));
    }

    @Test
    void aServerThatRepeatsTheAssertionDoesNotShowItToTheLog() throws Exception {
        String jwt = assertion().sign(jakarta.json.spi.JsonProvider.provider(), clock.instant());
        try (TokenServer server = new TokenServer()) {
            server.answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"audience is invalid\"}");

            String text = assertThrows(OAuthException.class,
                    OAuthCredentials.jwtBearer(server.uri(), assertion()).build()::token).getMessage();

            assertTrue(text.contains("invalid_grant: audience is invalid. Check issuer, subject and audience"), text);
            assertFalse(text.contains(jwt.substring(0, 20)), text);
        }
    }

    @Test
    void theIssuerIsTheSubjectByDefault() throws Exception {
        String jwt = JwtAssertion.signedBy(KEYS.getPrivate()).issuer("me").audience("you")
                .lifetime(Duration.ofMinutes(1))
                .sign(jakarta.json.spi.JsonProvider.provider(), clock.instant());

        assertEquals("me", json(jwt.split("\\.")[1]).getString("sub"));
    }

    @Test
    void anIncompleteAssertionIsRefusedBeforeAnythingIsSent() {
        java.net.URI uri = java.net.URI.create("https://example.org/token");
        JwtAssertion noAudience = JwtAssertion.signedBy(KEYS.getPrivate()).issuer("me");

        assertThrows(IllegalArgumentException.class, () -> OAuthCredentials.jwtBearer(uri, noAudience));
        assertThrows(IllegalArgumentException.class, () -> noAudience.audience(" "));
        assertThrows(IllegalArgumentException.class, () -> noAudience.lifetime(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> noAudience.lifetime(Duration.ofDays(1)));
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefused() {
        PrivateKey elliptic = keys("EC", 256).getPrivate();

        assertEquals("RS256 needs an RSA key, not one of EC.",
                assertThrows(IllegalArgumentException.class, () -> JwtAssertion.signedBy(elliptic)).getMessage());
    }

    @Test
    void aKeyIsReadFromPem() {
        String pem = "Bag Attributes\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                + "-----BEGIN PRIVATE KEY-----\r\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\r\n-----END PRIVATE KEY-----\n";

        assertEquals(KEYS.getPrivate(), PrivateKeys.rsaFromPem(pem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nMIIEAAAA\n-----END PRIVATE KEY-----"})
    void anUnusablePemSaysHowToConvertIt(String pem) {
        String text = assertThrows(IllegalArgumentException.class, () -> PrivateKeys.rsaFromPem(pem)).getMessage();

        assertTrue(text.contains("openssl pkcs8 -topk8"), text);
        assertFalse(text.contains("MIIE"), text);
    }

    @Test
    void theTextFormShowsNoKey() {
        assertEquals("JwtAssertion[issuer=consumer, subject=ann@example.org, audience=https://login.salesforce.com]",
                assertion().toString());
    }
}
