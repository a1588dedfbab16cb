/** Inspects a server, and reports its kind and what is odd about it. Start with {@link dev.bayeux.cli.probe.Probe}. */
@NullMarked
package dev.bayeux.cli.probe;

import org.jspecify.annotations.NullMarked;
