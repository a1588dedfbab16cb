/**
 * What a transport or an extension implements. A transport carries batches of messages and knows nothing of the protocol: no ids, no
 * advice, no sessions.
 *
 * <p>Start with {@link dev.bayeux.api.spi.TransportProvider}. Who brings an HTTP client implements the one method of
 * {@link dev.bayeux.api.spi.HttpExchanger} and hands it to {@link dev.bayeux.api.spi.LongPollingTransport}, or to
 * {@link dev.bayeux.api.spi.CallbackPollingTransport}, which does the rest. Who brings a WebSocket client implements {@link dev.bayeux.api.spi.SocketOpener} and hands it to
 * {@link dev.bayeux.api.spi.WebSocketTransport}.
 *
 * <p>An extension sees and changes messages: start with {@link dev.bayeux.api.spi.Extension}.
 */
@NullMarked
package dev.bayeux.api.spi;

import org.jspecify.annotations.NullMarked;
