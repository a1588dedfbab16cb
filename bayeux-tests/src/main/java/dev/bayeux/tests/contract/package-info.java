/**
 * What transports promise, as tests that anybody can inherit.
 *
 * <p>Start with {@link dev.bayeux.tests.contract.TransportContract}.
 */
@NullMarked
package dev.bayeux.tests.contract;

import org.jspecify.annotations.NullMarked;
