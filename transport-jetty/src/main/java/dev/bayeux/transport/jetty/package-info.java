/**
 * Long-polling and WebSocket over the clients of Jetty.
 *
 * <p>Start with {@link dev.bayeux.transport.jetty.JettyLongPollingProvider} or
 * {@link dev.bayeux.transport.jetty.JettyWebSocketProvider}, and only if the program has an HTTP client of its
 * own, or wants compression over WebSocket: otherwise the transports are found without any code, and proxies and TLS are
 * set with {@code ClientBuilder.http}.
 *
 * <p>Jetty logs with SLF4J. The program chooses the provider of SLF4J; without one, SLF4J prints a warning once and drops
 * Jetty's logs.
 */
@NullMarked
package dev.bayeux.transport.jetty;

import org.jspecify.annotations.NullMarked;
