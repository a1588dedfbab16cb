package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import org.jspecify.annotations.Nullable;

/** A client that the program brings, and what it must not do. */
final class OwnClient {

    private OwnClient() {
    }

    /** {@return which proxies there are, as far as we have a say in it: those of a client of the program are its own affair} */
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

    /** The JDK answers a request for a login by repeating a GET, and {@link SentOnce} lets nothing be repeated. */
    static HttpClient checkedForGet(HttpClient client) {
        if (client.authenticator().isPresent()) {
            throw new ConfigurationException(
                    "An HttpClient for callback-polling must not have an authenticator: its requests are sent once, and not again with a login. Leave it out, and give the Bayeux client Credentials; for a proxy with a login bring no HttpClient, and set HttpSettings.withProxyLogin.");
        }
        return checked(client);
    }
}
