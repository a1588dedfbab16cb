/**
 * How a client goes through the network: proxies, TLS, versions of HTTP, and what else servers and what stands before them
 * want to have different.
 *
 * <p>Start with {@link dev.bayeux.api.http.HttpSettings#DEFAULT}, change what is different, and hand it to
 * {@code ClientBuilder.http}.
 */
@NullMarked
package dev.bayeux.api.http;

import org.jspecify.annotations.NullMarked;
