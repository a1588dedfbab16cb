/**
 * What can be seen of a client: events of Java Flight Recorder, and metrics for the program. Start with
 * {@link dev.bayeux.core.observe.Observer}.
 */
@NullMarked
package dev.bayeux.core.observe;

import org.jspecify.annotations.NullMarked;
