/**
 * What stands between the commands and the streams of the process: texts, colours, the line that says what is waited for,
 * and signals. Start with {@link dev.bayeux.cli.console.Console}.
 */
@NullMarked
package dev.bayeux.cli.console;

import org.jspecify.annotations.NullMarked;
