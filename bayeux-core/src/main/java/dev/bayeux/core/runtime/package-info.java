/**
 * The time, threads, locks and random numbers that the engine uses. Start with
 * {@link dev.bayeux.core.runtime.ClientRuntime}.
 */
@NullMarked
package dev.bayeux.core.runtime;

import org.jspecify.annotations.NullMarked;
