/**
 * Contains a server for tests, which answers HTTP requests as a test says, correctly or not. It knows nothing of Bayeux:
 * {@link dev.bayeux.tests.bayeux} does.
 *
 * <p>Start with {@link dev.bayeux.tests.server.ScriptedServer} and the vocabulary of
 * {@link dev.bayeux.tests.server.Answer}.
 */
@NullMarked
package dev.bayeux.tests.server;

import org.jspecify.annotations.NullMarked;
