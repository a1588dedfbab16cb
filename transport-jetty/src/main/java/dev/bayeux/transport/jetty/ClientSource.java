package dev.bayeux.transport.jetty;

/**
 * Lends a client of Jetty to a transport, from its first request until it closes.
 *
 * @param <C> an HTTP client or a WebSocket client
 */
interface ClientSource<C> {

    /** {@return the client, started; given back with one call of {@link #release}} */
    C acquire() throws InterruptedException;

    /** Says that the client is not needed any more. */
    void release();

    /** Lends the program's own client, which nobody here may stop. */
    static <C> ClientSource<C> of(C client) {
        return new ClientSource<>() {

            @Override
            public C acquire() {
                return client;
            }

            @Override
            public void release() {
                // The program sees to it.
            }
        };
    }
}
