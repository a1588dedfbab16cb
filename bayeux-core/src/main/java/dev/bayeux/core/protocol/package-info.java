/**
 * Every decision of the Bayeux protocol, as one object without lock, thread, clock or I/O:
 * {@link dev.bayeux.core.protocol.ProtocolCore} takes an {@link dev.bayeux.core.protocol.Input} and returns
 * {@link dev.bayeux.core.protocol.Effect}s. The state of the session itself is decided in
 * {@code dev.bayeux.core.session}; requests, replies, subscriptions and flow control are decided here.
 */
@NullMarked
package dev.bayeux.core.protocol;

import org.jspecify.annotations.NullMarked;
