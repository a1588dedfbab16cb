package dev.bayeux.api.spi;

import java.util.Map;

/** Gives the headers that the program wants on a request. */
@FunctionalInterface
public interface HeaderSource {

    /**
     * Asked for each request, on a thread of the protocol: it should answer at once. What needs a network belongs in a
     * {@code CredentialsSource}.
     *
     * @return names and values, possibly none
     */
    Map<String, String> headers();
}
