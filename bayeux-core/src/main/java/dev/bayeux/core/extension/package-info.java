/**
 * Takes messages through a client's extensions. Start with {@link dev.bayeux.core.extension.ExtensionChain}.
 */
@NullMarked
package dev.bayeux.core.extension;

import org.jspecify.annotations.NullMarked;
