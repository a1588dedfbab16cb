package dev.bayeux.transport.jdk;

import java.net.http.HttpClient;

/** Lends an HTTP client to a transport, from its first request until it closes. */
interface ClientSource {

    /** {@return the client; given back with one call of {@link #release}} */
    HttpClient acquire();

    /** Says that the client is not needed any more. */
    void release();

    /** Lends the program's own client, which nobody here may shut down. */
    static ClientSource of(HttpClient client) {
        return new ClientSource() {

            @Override
            public HttpClient acquire() {
                return client;
            }

            @Override
            public void release() {
                // The program sees to it.
            }
        };
    }
}
