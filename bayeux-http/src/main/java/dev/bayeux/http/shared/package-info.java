/**
 * Shares HTTP clients among transports, so that a thousand Bayeux clients need the threads of one HTTP client.
 *
 * <p>Start with {@link dev.bayeux.http.shared.SharedClients}. A transport module has one for each kind of client that it
 * makes, and gives each of its transports a {@link dev.bayeux.http.shared.ClientHandle}.
 */
@NullMarked
package dev.bayeux.http.shared;

import org.jspecify.annotations.NullMarked;
