/**
 * Contains the settings for HTTP: proxies, TLS, versions, redirects and cookies.
 *
 * <p>Start with {@link dev.bayeux.api.http.HttpSettings#DEFAULT}, change what differs, and pass the result to
 * {@code ClientBuilder.http}.
 */
@NullMarked
package dev.bayeux.api.http;

import org.jspecify.annotations.NullMarked;
