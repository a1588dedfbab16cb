/**
 * Long-polling and WebSocket over the HTTP client of the JDK.
 *
 * <p>Start with {@link dev.bayeux.transport.jdk.JdkLongPollingProvider} or
 * {@link dev.bayeux.transport.jdk.JdkWebSocketProvider}, and only if the program has an HTTP client of its
 * own: otherwise the transports are found without any code, and proxies and TLS are
 * set with {@code ClientBuilder.http}.
 */
@NullMarked
package dev.bayeux.transport.jdk;

import org.jspecify.annotations.NullMarked;
