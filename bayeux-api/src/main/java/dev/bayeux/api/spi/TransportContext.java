package dev.bayeux.api.spi;

import java.net.CookieHandler;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * What a transport needs to know of its client.
 *
 * @param clientName the client's local name, for threads and logs
 * @param uri where the server is
 * @param headers what goes on each request, and on the upgrade to a WebSocket, beside the transport's own headers, credentials among them; never logged
 * @param cookies the client's cookies, shared by all its transports; stored from every response (PROTOCOL C-111)
 * @param connectTimeout how long making a connection may take, more than zero
 * @param maxReplyBytes the most bytes that one answer, or one message of a WebSocket, may have, more than zero; a longer one is a
 *            {@link dev.bayeux.api.error.TransportException.Problem#TOO_LARGE}
 * @param inbox where a full-duplex transport delivers; a request and response transport leaves it alone
 */
public record TransportContext(String clientName, URI uri, HeaderSource headers, CookieHandler cookies,
        Duration connectTimeout, int maxReplyBytes, Inbox inbox) {

    /** Refuses {@code null}. */
    public TransportContext {
        Objects.requireNonNull(clientName, "clientName");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(cookies, "cookies");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(inbox, "inbox");
    }
}
