package dev.bayeux.oauth.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.oauth.JwtAssertion;
import dev.bayeux.oauth.OAuthCredentials;
import dev.bayeux.oauth.PrivateKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The code of docs/recipes.md that needs OAuth. */
final class OAuthRecipes {

    private OAuthRecipes() {
    }

    static BayeuxClient salesforce(String consumerKey, String user, Path keyFile)
            throws IOException, InterruptedException {
        JwtAssertion assertion = JwtAssertion.signedBy(PrivateKeys.rsaFromPem(Files.readString(keyFile)))
                .issuer(consumerKey)
                .subject(user)
                .audience("https://login.salesforce.com");
        OAuthCredentials login = OAuthCredentials
                .jwtBearer(URI.create("https://login.salesforce.com/services/oauth2/token"), assertion)
                .build();
        return BayeuxClient.builder(login.instanceUrl().resolve("/cometd/64.0")).credentials(login).connect();
    }

    static List<BayeuxClient> clientCredentials(URI uri, String id, String secret, int count) {
        OAuthCredentials login = OAuthCredentials
                .clientCredentials(URI.create("https://login.example.com/oauth2/token"), id, secret)
                .scopes("events.read")
                .build();
        return Stream.generate(() -> BayeuxClient.builder(uri).credentials(login.forClient()).build()).limit(count)
                .toList();
    }

    static OAuthCredentials refreshToken(URI tokenEndpoint, String clientId, Vault vault) {
        return OAuthCredentials.refreshToken(tokenEndpoint, clientId, vault.read())
                .onRefreshToken(vault::write)
                .build();
    }

    /** Where a program keeps secrets. */
    interface Vault {

        String read();

        void write(String secret);
    }
}
