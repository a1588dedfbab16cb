/**
 * Long-polling and WebSocket over the HTTP client of the JDK.
 *
 * <p>Start with {@link dev.bayeux.transport.jdk.JdkLongPollingProvider} or
 * {@link dev.bayeux.transport.jdk.JdkWebSocketProvider}, and only if the HTTP client needs settings of its own, such as a
 * proxy or an {@code SSLContext}: otherwise the transports are found without any code.
 */
@NullMarked
package dev.bayeux.transport.jdk;

import org.jspecify.annotations.NullMarked;
