/**
 * The blocking side of a client: virtual threads that send requests and wait for replies, one for handshakes and connects
 * ({@link dev.bayeux.core.exchange.SessionSender}), others for everything else
 * ({@link dev.bayeux.core.exchange.BatchSender}), and the {@link dev.bayeux.core.exchange.Connection} that they share.
 */
@NullMarked
package dev.bayeux.core.exchange;

import org.jspecify.annotations.NullMarked;
