/**
 * Finds transports and sends through them. Start with {@link dev.bayeux.core.transport.Carrier}.
 */
@NullMarked
package dev.bayeux.core.transport;

import org.jspecify.annotations.NullMarked;
