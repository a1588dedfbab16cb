/**
 * The interactive shell: each line runs a verb on one client. Start with {@link dev.bayeux.cli.shell.Shell}; each verb
 * is a class.
 */
@NullMarked
package dev.bayeux.cli.shell;

import org.jspecify.annotations.NullMarked;
