/**
 * A transport without a network, for tests of what is above transports.
 *
 * <p>Start with {@link dev.bayeux.tests.memory.MemoryTransportProvider}.
 */
@NullMarked
package dev.bayeux.tests.memory;

import org.jspecify.annotations.NullMarked;
