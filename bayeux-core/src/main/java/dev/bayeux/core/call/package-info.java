/**
 * Makes the calls of a program: turns them into requests and waits for their results. Start with
 * {@link dev.bayeux.core.call.RequestCalls}.
 */
@NullMarked
package dev.bayeux.core.call;

import org.jspecify.annotations.NullMarked;
