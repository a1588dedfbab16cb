/**
 * Reports what a client does as events of Java Flight Recorder and to the program's metrics. Start with
 * {@link dev.bayeux.core.observe.Observer}.
 */
@NullMarked
package dev.bayeux.core.observe;

import org.jspecify.annotations.NullMarked;
