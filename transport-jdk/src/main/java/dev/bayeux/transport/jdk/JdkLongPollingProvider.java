package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens long-polling transports over {@link HttpClient}. Safe for use by several threads.
 *
 * <p>Without a client of your own all transports of the JVM with the same settings share one {@code HttpClient}: with the
 * same connect timeout, and the same proxies, TLS and version of {@link dev.bayeux.api.http.HttpSettings}; and one each for
 * {@code http} and {@code https}. Over HTTP/2 it is one for each 33 of them. It follows no redirects and keeps no cookies. It
 * is made when the first transport sends, and shut down when the last one closes, so that no thread stays. A transport whose
 * connections may be dead gets another client, which all such transports of that moment share.
 */
public final class JdkLongPollingProvider implements TransportProvider {

    /** The JDK's property for repeating POST requests, which would publish messages twice. */
    private static final String REPEAT_POST = "jdk.httpclient.enableAllMethodRetry";

    private final @Nullable HttpClient ownClient;

    /**
     * Uses HTTP clients that this module makes when they are needed, shares among transports, and shuts down after the last
     * use.
     */
    public JdkLongPollingProvider() {
        ownClient = null;
    }

    /**
     * Uses a client of your own, with its proxy, TLS, version, connect timeout and executor. The transports never shut it
     * down, so it may serve other purposes as well. They also keep it when its connections may be dead, as after a sleep of
     * the machine: over HTTP/2 a client then waits until TCP gives up the connection.
     *
     * @param client the HTTP client
     * @throws ConfigurationException if it follows redirects or keeps cookies: each Bayeux client has separate
     *         cookies, and a server would treat two clients with the same cookies as one
     */
    public JdkLongPollingProvider(HttpClient client) {
        ownClient = OwnClient.checked(client);
    }

    /**
     * {@return {@code "jdk-long-polling"}}
     */
    @Override
    public String name() {
        return "jdk-long-polling";
    }

    /**
     * {@return {@code "long-polling"}}
     */
    @Override
    public String connectionType() {
        return LongPollingTransport.CONNECTION_TYPE;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfigurationException if the system property {@code jdk.httpclient.enableAllMethodRetry} is on
     */
    @Override
    public RequestResponseTransport open(TransportContext context) {
        String repeat = System.getProperty(REPEAT_POST);
        if (repeat != null && (repeat.isEmpty() || Boolean.parseBoolean(repeat))) {
            throw new ConfigurationException(
                    "The system property %s makes the JDK send a POST request again when a connection is lost, which doubles messages: remove it."
                            .formatted(REPEAT_POST));
        }
        return new LongPollingTransport(context, JdkExchanger.over(ownClient, context));
    }
}
