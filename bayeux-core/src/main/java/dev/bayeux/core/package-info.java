/**
 * The client as programs hold it, and the one place where its parts are put together. Start with
 * {@link dev.bayeux.core.protocol.ProtocolCore}, which decides, and {@link dev.bayeux.core.loop.ClientLoop}, which has it
 * carried out.
 */
@NullMarked
package dev.bayeux.core;

import org.jspecify.annotations.NullMarked;
