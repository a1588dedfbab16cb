/**
 * Connects the commands with the streams of the process: texts, colours, progress and signals. Start with
 * {@link dev.bayeux.cli.console.Console}.
 */
@NullMarked
package dev.bayeux.cli.console;

import org.jspecify.annotations.NullMarked;
