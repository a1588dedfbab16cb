package dev.bayeux.api.spi;

import java.util.Map;

/** Supplies the program's headers for a request. */
@FunctionalInterface
public interface HeaderSource {

    /**
     * Supplies headers. Called for each request, on a thread of the protocol: must return at once. Credentials that
     * need a network belong in a {@link dev.bayeux.api.CredentialsSource}.
     *
     * @return names and values, possibly none
     */
    Map<String, String> headers();
}
