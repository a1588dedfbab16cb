package dev.bayeux.core.exchange;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.CookieJar;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.message.Redactor;
import dev.bayeux.core.transport.Carrier;
import dev.bayeux.core.transport.CredentialsHolder;
import dev.bayeux.core.transport.WireLog;
import java.net.CookieHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the carriers of one client, with its settings. */
public final class ConnectionFactory {

    private static final Inbox IGNORED = new Inbox() {

        @Override
        public void received(String text) {
            // No caller waits for it.
        }

        @Override
        public void disconnected(TransportException reason) {
            // The carrier is closed anyway.
        }
    };

    private final ClientConfig config;
    private final String clientName;
    private final List<TransportProvider> providers;
    private final CredentialsHolder credentials;
    private final Redactor redactor;
    private final Map<String, String> names;

    public ConnectionFactory(ClientConfig config, String clientName, List<TransportProvider> providers,
            CredentialsHolder credentials, Redactor redactor) {
        this.config = config;
        this.clientName = clientName;
        this.providers = providers;
        this.credentials = credentials;
        this.redactor = redactor;
        this.names = namesOf(providers);
    }

    /** Read once, since providers can be the program's code and may fail later. */
    private static Map<String, String> namesOf(List<TransportProvider> providers) {
        Map<String, String> names = new LinkedHashMap<>();
        providers.forEach(provider -> names.put(provider.connectionType(), provider.name()));
        return names;
    }

    /** {@return the connection types that the client can use, in its order} */
    public List<String> connectionTypes() {
        return List.copyOf(names.keySet());
    }

    /** {@return the name of the transport that carries a connection type} */
    public String nameOf(String connectionType) {
        return names.getOrDefault(connectionType, connectionType);
    }

    public Endpoint endpoint(int index) {
        return config.endpoints().get(index);
    }

    /** Cookies live from a connect call to the end of its session, unless the program has brought a store (C-95, C-111). */
    CookieHandler cookies(CookieJar own) {
        return config.cookies().orElse(own);
    }

    WireLog wireLog() {
        return new WireLog(clientName, redactor, config.observation());
    }

    Carrier carrier(int endpoint, CookieHandler cookies, Inbox inbox, WireLog wire) {
        return carrier(endpoint, context(endpoint, cookies, inbox), wire);
    }

    /** Makes a carrier for one request beside the session, whose reply and cookies do not count. */
    Carrier carrierOnce(int endpoint, CookieHandler cookies, WireLog wire) {
        Duration limit = config.timeouts().close();
        return carrier(endpoint,
                context(endpoint, new ReadOnlyCookies(cookies), IGNORED).withReplyTimeouts(limit, limit), wire);
    }

    private TransportContext context(int endpoint, CookieHandler cookies, Inbox inbox) {
        return TransportContext.to(endpoint(endpoint).uri()).withClientName(clientName)
                .withHeaders(config.headers()).withCookies(cookies).withConnectTimeout(config.timeouts().connection())
                .withMaxReplyBytes(config.limits().maxReplyBytes())
                .withMaxRequestBytes(config.limits().maxRequestBytes()).withHttp(config.http())
                .withReplyTimeouts(config.timeouts().reply(), config.timeouts().wholeReply()).withInbox(inbox);
    }

    private Carrier carrier(int endpoint, TransportContext context, WireLog wire) {
        return new Carrier(providers, endpoint(endpoint), context, credentials, wire);
    }
}
