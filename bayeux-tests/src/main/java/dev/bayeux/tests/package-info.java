/**
 * Contains a check for any test of this client: that no thread remains after it.
 *
 * <p>Start with {@link dev.bayeux.tests.NothingLeft}.
 */
@NullMarked
package dev.bayeux.tests;

import org.jspecify.annotations.NullMarked;
