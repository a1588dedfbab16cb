/**
 * Contains what transports and extensions implement. A transport carries batches of messages and knows nothing of the
 * protocol: no ids, no advice, no sessions.
 *
 * <p>Start with {@link dev.bayeux.api.spi.TransportProvider}. For an HTTP client, implement the one method of
 * {@link dev.bayeux.api.spi.HttpExchanger} and pass it to {@link dev.bayeux.api.spi.LongPollingTransport} or
 * {@link dev.bayeux.api.spi.CallbackPollingTransport}, which do the rest. For a WebSocket client, implement
 * {@link dev.bayeux.api.spi.SocketOpener} and pass it to {@link dev.bayeux.api.spi.WebSocketTransport}.
 *
 * <p>An extension sees and changes messages: start with {@link dev.bayeux.api.spi.Extension}.
 */
@NullMarked
package dev.bayeux.api.spi;

import org.jspecify.annotations.NullMarked;
