/** Measures round trips. Start with {@link dev.bayeux.cli.ping.Pinger}. */
@NullMarked
package dev.bayeux.cli.ping;

import org.jspecify.annotations.NullMarked;
