/**
 * Contains what transports implement. A transport carries batches of messages and knows nothing of the protocol: no ids,
 * no advice, no sessions.
 *
 * <p>Start with {@link dev.bayeux.api.spi.TransportProvider}. The module {@code dev.bayeux.http} does most of the work for a
 * transport over an HTTP or WebSocket client.
 */
@NullMarked
package dev.bayeux.api.spi;

import org.jspecify.annotations.NullMarked;
