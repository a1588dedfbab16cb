package dev.bayeux.core.transport;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.HeaderSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of a request: those of the program, and over them those of its credentials. They are checked here, for
 * HTTP clients that refuse one repeat its value in their exception, and the value may be a token.
 */
final class RequestHeaders implements HeaderSource {

    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

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

    private static void check(String name, String value) {
        if (!isName(name)) {
            throw new ConfigurationException("Not the name of an HTTP header: \"%s\"".formatted(name));
        }
        if (value == null || !isValue(value)) {
            throw new ConfigurationException(
                    "The value of the header %s cannot be sent: it is missing, or has a character that is not allowed, such as a line end."
                            .formatted(name));
        }
    }

    private static boolean isName(String name) {
        for (int n = 0; n < name.length(); n++) {
            char c = name.charAt(n);
            if (c <= ' ' || c >= 0x7f || SEPARATORS.indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int n = 0; n < value.length(); n++) {
            char c = value.charAt(n);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
