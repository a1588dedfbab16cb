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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<String, String> names;

    LinkFactory(ClientConfig config, String clientName, List<TransportProvider> providers,
            CredentialsHolder credentials, Json json) {
        this.config = config;
        this.clientName = clientName;
        this.providers = providers;
        this.credentials = credentials;
        this.fields = new HandshakeFields(json, config.handshake(), config.acknowledge(),
                config.positions() != null);
        this.redactor = new Redactor(json);
        // Asked once: providers can be the program's, and what they do later must not matter here.
        this.names = new LinkedHashMap<>();
        providers.forEach(provider -> names.put(provider.connectionType(), provider.name()));
    }

    List<String> connectionTypes() {
        return List.copyOf(names.keySet());
    }

    /** The name of the transport that carries a connection type. */
    String nameOf(String connectionType) {
        return names.getOrDefault(connectionType, connectionType);
    }

    Endpoint endpoint(int index) {
        return config.endpoints().get(index);
    }

    Link open(Session session) {
        CookieHandler own = config.cookies();
        ClientCookies kept = new ClientCookies();
        CookieHandler cookies = own == null ? kept : own;
        WireLog wire = new WireLog(clientName, redactor, config.observation());
        Link link = new Link(session, (endpoint, inbox) -> carrier(endpoint, cookies, inbox, wire),
                config.timeouts().close());
        Heartbeat heartbeat = new Heartbeat(session, link, credentials, fields, config.timeouts().reply());
        link.setHeartbeat(heartbeat::beat);
        link.setCookies(kept::forget);
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
