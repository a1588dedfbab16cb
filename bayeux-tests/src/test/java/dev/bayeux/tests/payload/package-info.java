/** Typed data from end to end. Start with {@link dev.bayeux.tests.payload.TypedPayloadsTest}. */
@NullMarked
package dev.bayeux.tests.payload;

import org.jspecify.annotations.NullMarked;
