package dev.bayeux.oauth;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client asserts to get a token by JWT bearer (RFC 7523), signed with its RSA key (RS256). Immutable: each method
 * returns another assertion. A JWT is made and signed anew for each token request.
 *
 * <p>Salesforce: {@code issuer} is the consumer key of the connected app, {@code subject} the name of the user, and
 * {@code audience} {@code https://login.salesforce.com} or {@code https://test.salesforce.com}.
 */
public final class JwtAssertion {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final PrivateKey key;
    private final @Nullable String issuer;
    private final @Nullable String subject;
    private final @Nullable String audience;
    private final @Nullable String keyId;
    private final Duration lifetime;

    private JwtAssertion(PrivateKey key, @Nullable String issuer, @Nullable String subject, @Nullable String audience,
            @Nullable String keyId, Duration lifetime) {
        this.key = key;
        this.issuer = issuer;
        this.subject = subject;
        this.audience = audience;
        this.keyId = keyId;
        this.lifetime = lifetime;
    }

    /**
     * Begins an assertion. Issuer and audience must follow.
     *
     * @param key an RSA key, such as one of a {@link java.security.KeyStore} or of {@link PrivateKeys#rsaFromPem}
     * @return an assertion that is valid for 3 minutes
     */
    public static JwtAssertion signedBy(PrivateKey key) {
        if (!key.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException("RS256 needs an RSA key, not one of " + key.getAlgorithm() + ".");
        }
        return new JwtAssertion(key, null, null, null, null, Duration.ofMinutes(3));
    }

    /**
     * Sets the claim {@code iss}: who has signed, usually the client id.
     *
     * @param value the issuer
     * @return such an assertion
     */
    public JwtAssertion issuer(String value) {
        return new JwtAssertion(key, text(value, "issuer"), subject, audience, keyId, lifetime);
    }

    /**
     * Sets the claim {@code sub}: for whom the token is. By default the issuer.
     *
     * @param value the subject
     * @return such an assertion
     */
    public JwtAssertion subject(String value) {
        return new JwtAssertion(key, issuer, text(value, "subject"), audience, keyId, lifetime);
    }

    /**
     * Sets the claim {@code aud}: the authorization server, as it names itself.
     *
     * @param value the audience
     * @return such an assertion
     */
    public JwtAssertion audience(String value) {
        return new JwtAssertion(key, issuer, subject, text(value, "audience"), keyId, lifetime);
    }

    /**
     * Sets {@code kid} in the header of the JWT, for servers that know several keys of the issuer. None by default.
     *
     * @param value the id of the key
     * @return such an assertion
     */
    public JwtAssertion keyId(String value) {
        return new JwtAssertion(key, issuer, subject, audience, text(value, "key id"), lifetime);
    }

    /**
     * Sets for how long each JWT is valid, from its signing on. The token has its own lifetime.
     *
     * @param value from 1 second to 1 hour; 3 minutes by default, the most that Salesforce accepts
     * @return such an assertion
     */
    public JwtAssertion lifetime(Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("An assertion is valid from 1 second to 1 hour, not " + value + ".");
        }
        return new JwtAssertion(key, issuer, subject, audience, keyId, value);
    }

    private static String text(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The " + name + " of an assertion must not be blank.");
        }
        return value;
    }

    /** Refuses an assertion without an issuer or audience. */
    void requireComplete() {
        if (issuer == null || audience == null) {
            throw new IllegalArgumentException("An assertion needs an issuer and an audience.");
        }
    }

    /** Signs a JWT that is valid from this moment on. */
    String sign(JsonProvider json, Instant now) throws OAuthException {
        String issued = Objects.requireNonNull(issuer);
        JsonObjectBuilder header = json.createObjectBuilder().add("alg", "RS256").add("typ", "JWT");
        if (keyId != null) {
            header.add("kid", keyId);
        }
        JsonObject claims = json.createObjectBuilder()
                .add("iss", issued)
                .add("sub", subject == null ? issued : subject)
                .add("aud", Objects.requireNonNull(audience))
                .add("iat", now.getEpochSecond())
                .add("exp", now.plus(lifetime).getEpochSecond())
                .add("jti", UUID.randomUUID().toString())
                .build();
        String signed = base64(header.build().toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new OAuthException("Cannot sign the assertion: the provider of the private key refused it ("
                    + unusable.getClass().getSimpleName() + "). The key must be an RSA key of 2,048 bits or more.", 0,
                    null,
                    unusable);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "JwtAssertion[issuer=%s, subject=%s, audience=%s]".formatted(issuer, subject, audience);
    }
}
