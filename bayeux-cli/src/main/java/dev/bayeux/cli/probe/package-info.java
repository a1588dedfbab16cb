/** Looks at a server, and says what it is and what is odd about it. Start with {@link dev.bayeux.cli.probe.Probe}. */
@NullMarked
package dev.bayeux.cli.probe;

import org.jspecify.annotations.NullMarked;
