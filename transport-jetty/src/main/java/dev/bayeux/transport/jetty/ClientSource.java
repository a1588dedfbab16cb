package dev.bayeux.transport.jetty;

import org.eclipse.jetty.client.HttpClient;

/** Lends an HTTP client to a transport, from its first request until it closes. */
interface ClientSource {

    /** {@return the client, started; given back with one call of {@link #release}} */
    HttpClient acquire() throws InterruptedException;

    /** Says that the client is not needed any more. */
    void release();

    /** Lends the program's own client, which nobody here may stop. */
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
