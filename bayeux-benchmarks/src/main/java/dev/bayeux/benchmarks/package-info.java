/**
 * Measures our client over each of its transports beside CometD's. Start with {@link dev.bayeux.benchmarks.Bench}: it
 * runs {@link dev.bayeux.benchmarks.Scenario}s, which start a server and clients in separate processes and take
 * turns. What a client process does is in {@code dev.bayeux.benchmarks.client}.
 */
@NullMarked
package dev.bayeux.benchmarks;

import org.jspecify.annotations.NullMarked;
