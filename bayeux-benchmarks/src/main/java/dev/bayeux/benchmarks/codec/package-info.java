/**
 * What it costs to read and write messages, measured with JMH: {@code mvn -Pbench -Dscenario=codec}. Start with
 * {@link dev.bayeux.benchmarks.codec.ReadBenchmark}.
 */
@NullMarked
package dev.bayeux.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
