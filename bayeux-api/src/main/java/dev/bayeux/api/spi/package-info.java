/**
 * Contains what transports and extensions implement. A transport carries batches of messages and knows nothing of the
 * protocol: no ids, no advice, no sessions.
 *
 * <p>A transport starts with {@link dev.bayeux.api.spi.TransportProvider}. The module {@code dev.bayeux.http} does most of
 * the work for a transport over an HTTP or WebSocket client.
 *
 * <p>An extension sees and changes messages: start with {@link dev.bayeux.api.spi.Extension}.
 */
@NullMarked
package dev.bayeux.api.spi;

import org.jspecify.annotations.NullMarked;
