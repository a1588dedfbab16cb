package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.CallbackPollingTransport;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens callback-polling transports over {@link HttpClient}, for programs that name them. Without a client of your own they
 * share one, as {@link JdkLongPollingProvider} describes. Immutable.
 *
 * @see CallbackPollingTransport what it is for, and what it costs
 */
public final class JdkCallbackPollingProvider implements TransportProvider {

    private final @Nullable HttpClient ownClient;
    private final int maxUriLength;

    /**
     * Uses HTTP clients that this module makes when they are needed, shares among transports, and shuts down after the last
     * use.
     */
    public JdkCallbackPollingProvider() {
        this(null, CallbackPollingTransport.MAX_URI_LENGTH);
    }

    /**
     * Uses a client of your own; see {@link JdkLongPollingProvider#JdkLongPollingProvider(HttpClient)}.
     *
     * @param client the HTTP client, which the transports never shut down
     * @throws ConfigurationException if it follows redirects, keeps cookies or has an {@link java.net.Authenticator}:
     *         the JDK would repeat a request with the login, and this transport sends each request once
     */
    public JdkCallbackPollingProvider(HttpClient client) {
        this(OwnClient.checkedForGet(client), CallbackPollingTransport.MAX_URI_LENGTH);
    }

    private JdkCallbackPollingProvider(@Nullable HttpClient ownClient, int maxUriLength) {
        this.ownClient = ownClient;
        this.maxUriLength = maxUriLength;
    }

    /**
     * Returns a copy with another limit for addresses.
     *
     * @param characters the most characters of an address; default {@link CallbackPollingTransport#MAX_URI_LENGTH}
     * @return a provider
     */
    public JdkCallbackPollingProvider withMaxUriLength(int characters) {
        return new JdkCallbackPollingProvider(ownClient, characters);
    }

    /**
     * {@return {@code "jdk-callback-polling"}}
     */
    @Override
    public String name() {
        return "jdk-callback-polling";
    }

    /**
     * {@return {@code "callback-polling"}}
     */
    @Override
    public String connectionType() {
        return CallbackPollingTransport.CONNECTION_TYPE;
    }

    /**
     * {@return {@code true}: messages become part of addresses, and so of logs}
     */
    @Override
    public boolean mustBeNamed() {
        return true;
    }

    @Override
    public RequestResponseTransport open(TransportContext context) {
        return new CallbackPollingTransport(context, JdkExchanger.over(ownClient, context), maxUriLength);
    }
}
