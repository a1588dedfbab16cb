/** The options that several commands share. Start with {@link dev.bayeux.cli.options.ClientOptions}. */
@NullMarked
package dev.bayeux.cli.options;

import org.jspecify.annotations.NullMarked;
