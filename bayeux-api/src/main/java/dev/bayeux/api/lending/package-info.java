/**
 * Lending HTTP clients to many transports; for the transports that come with the library, and exported to them only.
 *
 * <p>Start with {@link dev.bayeux.api.lending.Lending}, of which a transport module has one for each kind of client.
 */
@NullMarked
package dev.bayeux.api.lending;

import org.jspecify.annotations.NullMarked;
