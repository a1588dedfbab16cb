/**
 * What it costs to read and write messages, measured with JMH: {@code mvn -Pcodec}. Start with
 * {@link dev.bayeux.tests.bench.codec.ReadBenchmark}.
 */
@NullMarked
package dev.bayeux.tests.bench.codec;

import org.jspecify.annotations.NullMarked;
