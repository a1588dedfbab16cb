/**
 * The command {@code bayeux}, one class for each of its commands. Start with {@link dev.bayeux.cli.Main}, which runs them,
 * and {@link dev.bayeux.cli.SubCommand}.
 */
@NullMarked
package dev.bayeux.cli;

import org.jspecify.annotations.NullMarked;
