/**
 * Meters and health of clients for Micrometer. {@link dev.bayeux.micrometer.MicrometerMetrics} counts and times what
 * clients do, {@link dev.bayeux.micrometer.ClientStateMetrics} shows in which state a client is, and
 * {@link dev.bayeux.micrometer.ClientHealth} says whether that is good.
 */
@NullMarked
package dev.bayeux.micrometer;

import org.jspecify.annotations.NullMarked;
