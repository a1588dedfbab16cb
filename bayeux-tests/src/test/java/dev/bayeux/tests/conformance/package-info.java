/**
 * Which requirement of the protocol is proven by which test: {@code docs/conformance.md} is made here, from the tags of
 * the tests and from what the build has seen of them.
 *
 * <p>Start with {@link dev.bayeux.tests.conformance.ConformanceIT}.
 */
@NullMarked
package dev.bayeux.tests.conformance;

import org.jspecify.annotations.NullMarked;
