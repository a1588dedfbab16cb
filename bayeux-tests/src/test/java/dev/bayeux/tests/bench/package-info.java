/** What clients cost: programs, not tests. Start with {@link dev.bayeux.tests.bench.Footprint}. */
@NullMarked
package dev.bayeux.tests.bench;

import org.jspecify.annotations.NullMarked;
