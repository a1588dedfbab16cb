package dev.bayeux.core.transport;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.HeaderRules;
import dev.bayeux.api.spi.HeaderSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a request: those of the program, and over them those of its credentials. */
final class RequestHeaders implements HeaderSource {

    private final HeaderSource own;
    private final CredentialsHolder credentials;

    RequestHeaders(HeaderSource own, CredentialsHolder credentials) {
        this.own = own;
        this.credentials = credentials;
    }

    /**
     * Asks for them anew.
     *
     * @return names and values; of names that differ in case only, one
     * @throws ConfigurationException if one cannot be sent
     */
    @Override
    public Map<String, String> headers() {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        own.headers().forEach(all::put);
        credentials.now().headers().forEach(all::put);
        all.forEach(RequestHeaders::check);
        return all;
    }

    private static void check(String name, @Nullable String value) {
        HeaderRules.problemOf(name, value).ifPresent(problem -> {
            throw new ConfigurationException(problem);
        });
    }
}
