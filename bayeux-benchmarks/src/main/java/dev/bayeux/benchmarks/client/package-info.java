/**
 * What runs in the process under test: a {@link dev.bayeux.benchmarks.client.Peer} and the
 * {@link dev.bayeux.benchmarks.client.Load} put on it. Start with {@link dev.bayeux.benchmarks.client.ClientMain}.
 */
@NullMarked
package dev.bayeux.benchmarks.client;

import org.jspecify.annotations.NullMarked;
