/**
 * What becomes of deliveries: who listens to which channel, the queues between the protocol and the program, and the
 * threads on which the program's code runs. Start with {@link dev.bayeux.core.delivery.Subscriptions}.
 */
@NullMarked
package dev.bayeux.core.delivery;

import org.jspecify.annotations.NullMarked;
