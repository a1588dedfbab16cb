/**
 * Contains a transport without a network, for tests of programs and extensions.
 *
 * <p>Start with {@link dev.bayeux.tests.memory.MemoryTransportProvider}.
 */
@NullMarked
package dev.bayeux.tests.memory;

import org.jspecify.annotations.NullMarked;
