package dev.bayeux.api;

/** Makes clients. The engine ({@code dev.bayeux.core}) provides this service. */
@FunctionalInterface
public interface ClientFactory {

    /**
     * Makes a client that is not connected.
     *
     * @param config its settings
     * @return the client
     * @throws dev.bayeux.api.error.ConfigurationException if the settings name a transport that cannot be found, or
     *             several transports are found and none is named
     */
    BayeuxClient create(ClientConfig config);
}
