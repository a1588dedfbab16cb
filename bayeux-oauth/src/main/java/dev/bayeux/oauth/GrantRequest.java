package dev.bayeux.oauth;

import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what each token request to a token endpoint says.
 *
 * @param parameters further parameters of the form; they replace those of the grant
 * @param assertion signed anew for each request, or null if the grant has none
 */
record GrantRequest(URI uri, Grant grant, Client client, Map<String, String> parameters,
        @Nullable JwtAssertion assertion) {

    GrantRequest {
        parameters = Map.copyOf(parameters);
    }

    /** The program, as the authorization server knows it. */
    record Client(Optional<String> id, Optional<String> secret, ClientAuthentication authentication) {

        boolean isBasic() {
            return id.isPresent() && secret.isPresent() && authentication == ClientAuthentication.BASIC;
        }

        @Override
        public String toString() {
            return "Client[%s]".formatted(authentication);
        }
    }

    Map<String, String> form(@Nullable String refreshToken, JsonProvider json, Instant now) throws OAuthException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant.type);
        if (assertion != null) {
            form.put("assertion", assertion.sign(json, now));
        }
        if (refreshToken != null) {
            form.put("refresh_token", refreshToken);
        }
        if (!client.isBasic()) {
            client.id().ifPresent(id -> form.put("client_id", id));
            client.secret().ifPresent(secret -> form.put("client_secret", secret));
        }
        form.putAll(parameters);
        return form;
    }

    HttpRequest toHttp(Map<String, String> form, Duration timeout) {
        String body = form.entrySet().stream().map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (client.isBasic()) {
            // RFC 6749, 2.3.1: both are encoded as in a form first.
            String pair = encoded(client.id().orElseThrow()) + ":" + encoded(client.secret().orElseThrow());
            request.header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    /** Removes the secrets of a request from a text: servers may repeat in an error what they were sent. */
    String hide(String text, Map<String, String> form) {
        Set<String> secrets = new LinkedHashSet<>(parameters.values());
        client.secret().ifPresent(secrets::add);
        for (String name : new String[]{"assertion", "refresh_token"}) {
            if (form.get(name) != null) {
                secrets.add(form.get(name));
            }
        }
        String hidden = text;
        for (String secret : secrets) {
            if (secret.length() > 3) {
                hidden = hidden.replace(secret, "***").replace(encoded(secret), "***");
            }
        }
        return hidden;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "GrantRequest[" + Addresses.shown(uri) + ", " + grant + "]";
    }
}
