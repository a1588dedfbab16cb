package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import org.jspecify.annotations.Nullable;

/** Checks an HTTP client of the program: it must not follow redirects, keep cookies, or repeat requests. */
final class OwnClient {

    private OwnClient() {
    }

    /** {@return the settings for proxies of this module's clients; a client of the program has its own, so no proxy here} */
    static HttpSettings proxies(@Nullable HttpClient own, TransportContext context) {
        return own == null ? context.http() : HttpSettings.DEFAULT.withoutProxy();
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

    /** With an authenticator the JDK repeats a GET, which {@link SentOnce} prevents. */
    static HttpClient checkedForGet(HttpClient client) {
        if (client.authenticator().isPresent()) {
            throw new ConfigurationException(
                    "An HttpClient for callback-polling must not have an authenticator: its requests are sent once, and not again with a login. Leave it out, and give the Bayeux client Credentials; for a proxy with a login bring no HttpClient, and set HttpSettings.withProxyLogin.");
        }
        return checked(client);
    }
}
