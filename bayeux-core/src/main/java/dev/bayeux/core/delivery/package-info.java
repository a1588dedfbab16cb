/**
 * Passes deliveries to the program: the subscribers, the queue of each, and the threads on which the program's code runs.
 * Start with {@link dev.bayeux.core.delivery.Subscribers}.
 */
@NullMarked
package dev.bayeux.core.delivery;

import org.jspecify.annotations.NullMarked;
