package dev.bayeux.api.spi;

/**
 * Names a transport and opens it. Found with {@link java.util.ServiceLoader}, or handed to the client's builder, which
 * wins over what is found.
 *
 * <p>A provider is cheap: making one opens nothing. One provider serves any number of clients, on any thread.
 */
public interface TransportProvider {

    /**
     * {@return the name by which a program chooses this transport, such as {@code "jdk-long-polling"}; the same at each
     * call, and no other provider's}
     */
    String name();

    /**
     * {@return the connection type of the protocol that this transport speaks, such as {@code "long-polling"} or
     * {@code "websocket"}; the same at each call (Bayeux 1.0, "supportedConnectionTypes")}
     */
    String connectionType();

    /**
     * Opens a transport for one client. Connections are made when they are needed, not here. Called on a thread of the
     * protocol, so it must not wait for the network.
     *
     * @param context what the transport needs to know and may call
     * @return a transport of its own for that client
     */
    Transport open(TransportContext context);
}
