/**
 * Long-polling over the HTTP client of Jetty.
 *
 * <p>Start with {@link dev.bayeux.transport.jetty.JettyLongPollingProvider}, and only if the HTTP client needs settings
 * of its own, such as a proxy, HTTP/2 or keys: otherwise the transport is found without any code.
 *
 * <p>Jetty logs with SLF4J. Which provider of SLF4J is used is the program's choice; without one SLF4J says so once on
 * the error stream, and Jetty's logs are dropped.
 */
@NullMarked
package dev.bayeux.transport.jetty;

import org.jspecify.annotations.NullMarked;
