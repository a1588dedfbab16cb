/**
 * What the engine needs of the machine it runs on: time, threads, locks and chance. Start with
 * {@link dev.bayeux.core.runtime.ClientRuntime}.
 */
@NullMarked
package dev.bayeux.core.runtime;

import org.jspecify.annotations.NullMarked;
