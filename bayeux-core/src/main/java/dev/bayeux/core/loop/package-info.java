/**
 * The one place of a client's lock: {@link dev.bayeux.core.loop.ClientLoop} gives inputs to the protocol's core and carries
 * out the effects. Beside it, the threads of one client.
 */
@NullMarked
package dev.bayeux.core.loop;

import org.jspecify.annotations.NullMarked;
