/** The server that all peers talk to, in a separate process. Start with {@link dev.bayeux.benchmarks.server.BenchServer}. */
@NullMarked
package dev.bayeux.benchmarks.server;

import org.jspecify.annotations.NullMarked;
