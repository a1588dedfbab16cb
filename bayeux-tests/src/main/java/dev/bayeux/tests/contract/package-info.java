/**
 * Contains the promises of transports, extensions and position stores, as test classes to extend.
 *
 * <p>Start with {@link dev.bayeux.tests.contract.TransportContract},
 * {@link dev.bayeux.tests.contract.WebSocketContract} for transports over WebSocket, or
 * {@link dev.bayeux.tests.contract.ExtensionContract}.
 */
@NullMarked
package dev.bayeux.tests.contract;

import org.jspecify.annotations.NullMarked;
