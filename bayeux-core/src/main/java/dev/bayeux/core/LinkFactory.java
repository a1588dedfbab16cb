package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.Redactor;
import dev.bayeux.core.transport.Carrier;
import dev.bayeux.core.transport.ClientCookies;
import dev.bayeux.core.transport.CredentialsHolder;
import dev.bayeux.core.transport.WireLog;
import java.net.CookieHandler;
import java.util.List;

/**
 * Opens a link for each connect of one client, with cookies of its own: they are forgotten with the link, unless the
 * program has brought a store (C-95, C-111).
 */
final class LinkFactory {

    private final ClientConfig config;
    private final String clientName;
    private final List<TransportProvider> providers;
    private final CredentialsHolder credentials;
    private final HandshakeFields fields;
    private final Redactor redactor;

    LinkFactory(ClientConfig config, String clientName, List<TransportProvider> providers,
            CredentialsHolder credentials, Json json) {
        this.config = config;
        this.clientName = clientName;
        this.providers = providers;
        this.credentials = credentials;
        this.fields = new HandshakeFields(json, config.handshake(), config.acknowledge(),
                config.positions() != null);
        this.redactor = new Redactor(json);
    }

    List<String> connectionTypes() {
        return providers.stream().map(TransportProvider::connectionType).toList();
    }

    /** The name of the transport that carries a connection type. */
    String nameOf(String connectionType) {
        for (TransportProvider provider : providers) {
            if (provider.connectionType().equals(connectionType)) {
                return provider.name();
            }
        }
        return connectionType;
    }

    Endpoint endpoint(int index) {
        return config.endpoints().get(index);
    }

    Link open(Session session) {
        CookieHandler own = config.cookies();
        CookieHandler cookies = own == null ? new ClientCookies() : own;
        WireLog wire = new WireLog(clientName, redactor, config.observation());
        Link link = new Link(session, (endpoint, inbox) -> carrier(endpoint, cookies, inbox, wire),
                config.timeouts().close());
        Heartbeat heartbeat = new Heartbeat(session, link, credentials, fields, config.timeouts().reply());
        link.setHeartbeat(heartbeat::beat);
        return link;
    }

    private Carrier carrier(int index, CookieHandler cookies, Inbox inbox, WireLog wire) {
        Endpoint endpoint = config.endpoints().get(index);
        TransportContext context = TransportContext.to(endpoint.uri()).withClientName(clientName)
                .withHeaders(config.headers()).withCookies(cookies).withConnectTimeout(config.timeouts().connect())
                .withMaxReplyBytes(config.limits().maxReplyBytes()).withHttp(config.http())
                .withReplyTimeouts(config.timeouts().reply(), config.timeouts().wholeReply()).withInbox(inbox);
        return new Carrier(providers, endpoint, context, credentials, wire);
    }
}
