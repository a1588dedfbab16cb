package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.CallbackPollingTransport;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens callback-polling transports over Jetty's {@link HttpClient}, for programs that name them. Without a client of your
 * own they share one, as {@link JettyLongPollingProvider} describes. Immutable.
 *
 * @see CallbackPollingTransport what it is for, and what it costs
 */
public final class JettyCallbackPollingProvider implements TransportProvider {

    private final @Nullable HttpClient ownClient;
    private final int maxUriLength;

    /**
     * Uses HTTP clients that this module starts when they are needed, shares among transports, and stops after the last use.
     */
    public JettyCallbackPollingProvider() {
        this(null, CallbackPollingTransport.MAX_URI_LENGTH);
    }

    /**
     * Uses a client of your own; see {@link JettyLongPollingProvider#JettyLongPollingProvider(HttpClient)}.
     *
     * @param client the HTTP client, started; the transports never stop it
     * @throws ConfigurationException if it is not started, keeps cookies, or has an idle timeout over HTTP/2
     */
    public JettyCallbackPollingProvider(HttpClient client) {
        this(JettyLongPollingProvider.checked(client), CallbackPollingTransport.MAX_URI_LENGTH);
    }

    private JettyCallbackPollingProvider(@Nullable HttpClient ownClient, int maxUriLength) {
        this.ownClient = ownClient;
        this.maxUriLength = maxUriLength;
    }

    /**
     * Returns a copy with another limit for addresses.
     *
     * @param characters the most characters of an address; default {@link CallbackPollingTransport#MAX_URI_LENGTH}.
     *            Jetty sends no request whose headers have more than 8 KiB in all, unless a client of your own says
     *            otherwise ({@link HttpClient#setMaxRequestHeadersSize})
     * @return a provider
     */
    public JettyCallbackPollingProvider withMaxUriLength(int characters) {
        return new JettyCallbackPollingProvider(ownClient, characters);
    }

    /**
     * {@return {@code "jetty-callback-polling"}}
     */
    @Override
    public String name() {
        return "jetty-callback-polling";
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
        return new CallbackPollingTransport(context, JettyExchanger.over(ownClient, context), maxUriLength);
    }
}
