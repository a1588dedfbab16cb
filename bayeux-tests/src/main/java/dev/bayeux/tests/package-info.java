/**
 * Checks for any test of this client.
 *
 * <p>Start with {@link dev.bayeux.tests.NothingLeft}.
 */
@NullMarked
package dev.bayeux.tests;

import org.jspecify.annotations.NullMarked;
