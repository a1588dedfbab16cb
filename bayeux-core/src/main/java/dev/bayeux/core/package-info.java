/**
 * The client as programs use it, and the one place that joins its parts. Start with
 * {@link dev.bayeux.core.protocol.ProtocolCore}, which decides, and {@link dev.bayeux.core.loop.ClientLoop}, which carries
 * out the decisions.
 */
@NullMarked
package dev.bayeux.core;

import org.jspecify.annotations.NullMarked;
