package dev.bayeux.api.spi;

/**
 * Names a transport and opens it. {@link java.util.ServiceLoader} finds providers; one given to the client's builder
 * takes precedence.
 *
 * <p>A provider is cheap: making one opens nothing. One provider serves any number of clients, on any thread.
 */
public interface TransportProvider {

    /**
     * {@return the name by which a program chooses this transport, such as {@code "jdk-long-polling"}; the same at each
     * call, and different from other providers'}
     */
    String name();

    /**
     * {@return the connection type of the protocol that this transport speaks, such as {@code "long-polling"} or
     * {@code "websocket"}; the same at each call (Bayeux 1.0, "supportedConnectionTypes")}
     */
    String connectionType();

    /**
     * {@return whether a client uses this transport only if the program names it or hands it in, because it has a
     * drawback that the program must accept} By default {@code false}: a client that names no transport may use this one
     * if none that was found carries {@code "long-polling"}.
     */
    default boolean mustBeNamed() {
        return false;
    }

    /**
     * Opens a transport for one client. Makes connections when they are needed, not here. Called on a thread of the
     * protocol, so it must not wait for the network.
     *
     * @param context address, settings and inbox of the client
     * @return a transport for that client alone
     */
    Transport open(TransportContext context);
}
