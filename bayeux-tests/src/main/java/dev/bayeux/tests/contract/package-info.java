/**
 * What transports and extensions promise, as tests that anybody can inherit.
 *
 * <p>Start with {@link dev.bayeux.tests.contract.TransportContract},
 * {@link dev.bayeux.tests.contract.WebSocketContract} for transports over WebSocket, or
 * {@link dev.bayeux.tests.contract.ExtensionContract}.
 */
@NullMarked
package dev.bayeux.tests.contract;

import org.jspecify.annotations.NullMarked;
