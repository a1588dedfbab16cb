package dev.bayeux.api;

/** Makes clients: the service that the engine ({@code dev.bayeux.core}) provides. */
@FunctionalInterface
public interface ClientFactory {

    /**
     * Makes a client that is not connected.
     *
     * @param config its settings
     * @return the client
     * @throws dev.bayeux.api.error.ConfigurationException if the settings name a transport that cannot be found, or
     *             leave the choice open
     */
    BayeuxClient create(ClientConfig config);
}
