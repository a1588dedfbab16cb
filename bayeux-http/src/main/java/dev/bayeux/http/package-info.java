/**
 * Implements transports over any HTTP or WebSocket client. It does what concerns the protocol: headers, cookies, status,
 * charset, compression, redirects, limits and the meaning of failures.
 *
 * <p>For an HTTP client, implement the one method of {@link dev.bayeux.http.HttpExchanger} and pass it to
 * {@link dev.bayeux.http.LongPollingTransport}. For a WebSocket client, implement {@link dev.bayeux.http.SocketOpener} and
 * pass it to {@link dev.bayeux.http.WebSocketTransport}.
 */
@NullMarked
package dev.bayeux.http;

import org.jspecify.annotations.NullMarked;
