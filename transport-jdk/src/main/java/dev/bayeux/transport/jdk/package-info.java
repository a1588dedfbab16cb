/**
 * Long-polling over the HTTP client of the JDK.
 *
 * <p>Start with {@link dev.bayeux.transport.jdk.JdkLongPollingProvider}, and only if the HTTP client needs settings of
 * its own, such as a proxy or an {@code SSLContext}: otherwise the transport is found without any code.
 */
@NullMarked
package dev.bayeux.transport.jdk;

import org.jspecify.annotations.NullMarked;
