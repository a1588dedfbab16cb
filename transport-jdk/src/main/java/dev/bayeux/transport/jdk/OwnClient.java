package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;

/** What a client that the program brings must not do. */
final class OwnClient {

    private OwnClient() {
    }

    static HttpClient checked(HttpClient client) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new ConfigurationException(
                    "An HttpClient for Bayeux must not follow redirects: leave out followRedirects, or set it to NEVER.");
        }
        if (client.cookieHandler().isPresent()) {
            throw new ConfigurationException(
                    "An HttpClient for Bayeux must not keep cookies: leave out cookieHandler. Each Bayeux client keeps its own.");
        }
        return client;
    }
}
